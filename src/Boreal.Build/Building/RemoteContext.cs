using Boreal.Build.Builds;
using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Attributes;
using Boreal.Build.Graph;
using Boreal.Build.Solving;
using Boreal.Build.Trees;
using Boreal.BuildWire.Paths;
using Boreal.Engine.Layers;
using Boreal.Engine.Trees;
using Boreal.Linux.Files;

namespace Boreal.Build.Building;

/// <summary>A context that is a repository, or behind a URL: brought here before there is a plan, because the Dockerfile is in it.</summary>
internal sealed class RemoteContext(PlanSolver solver, BuildLayers layers, SolveScope scope)
{
    private const int LargestFile = 4 << 20;

    /// <summary>(1) What a URL gives is an archive or the Dockerfile; (2) the Dockerfile is the client's or the context's.</summary>
    /// <exception cref="BuildException">The context cannot be had, or has no such Dockerfile.</exception>
    public async Task<BuildDefinition> LoadAsync(ContextAttributes context, Operation remote, DockerfileLoader loader, CancellationToken cancellationToken)
    {
        var name = context.FileName;
        var isArchive = false;
        if (remote is HttpOperation { FileName: var fileName })                                                           // (1)
        {
            var tree = await SolveAsync(remote, "failed to read downloaded context", cancellationToken);
            isArchive = await Task.Run(() => IsArchive(tree, fileName), cancellationToken);
            if (!isArchive)
                name = fileName;
        }

        var main = context.MainContext(isArchive) ?? remote;
        if (context.HasOwnDefinition)                                                                                      // (2)
            return new BuildDefinition((await loader.LoadFileAsync(context.Attributes, cancellationToken)).File, [], main);
        var text = Read(await SolveAsync(main, "failed to read dockerfile", cancellationToken), name)
            ?? throw new BuildException($"failed to read dockerfile: open {name}: no such file or directory") { MissingPath = name };
        return new BuildDefinition(new DockerfileText(SlashPath.Base(name), text), [], main);
    }

    private async Task<SolvedTree> SolveAsync(Operation operation, string doing, CancellationToken cancellationToken)
    {
        try
        {
            return await solver.SolveAsync(operation, scope, cancellationToken);
        }
        catch (BuildException exception)
        {
            throw new BuildException($"{doing}: {exception.Message}", exception) { Step = exception.Step };
        }
    }

    private bool IsArchive(SolvedTree tree, string name)
    {
        using var files = SourceTree.Open(tree, layers);
        return TreeArchive.IsArchive(Path.Combine(files.Path, name));
    }

    private string? Read(SolvedTree tree, string name)
    {
        using var files = SourceTree.Open(tree, layers);
        // Docker finds the default file in small letters too.
        return RootedFile.TryReadText(files.Path, name, LargestFile) ?? RootedFile.TryReadText(files.Path, name.ToLowerInvariant(), LargestFile);
    }
}
