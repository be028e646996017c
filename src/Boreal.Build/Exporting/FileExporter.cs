using Boreal.Build.Builds;
using Boreal.Build.Solving;
using Boreal.Build.Trees;
using Boreal.Engine.Layers;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Exporting;

/// <summary>Brings a result's files to the client.</summary>
internal sealed class FileExporter(BuildLayers layers)
{
    private const int LargestRead = 4 << 20;

    /// <summary>Into a folder of the client, all of it as old as the build is said to be.</summary>
    public async Task SendFolderAsync(PlannedTree result, int export, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var step = surroundings.Progress.Start(ImageExporter.NewId(), "exporting to client directory");
        using var files = SourceTree.Open(result.Tree, layers);
        var part = step.Begin("copying files");
        await surroundings.Client.SendFolderAsync(export, files.Path, result.Plan.Epoch, part, cancellationToken);
        part.Complete();
        step.Complete();
    }

    /// <summary>As a tar archive, all of it as old as the build is said to be.</summary>
    public async Task SendArchiveAsync(PlannedTree result, int export, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var step = surroundings.Progress.Start(ImageExporter.NewId(), "exporting to client tarball");
        using var files = SourceTree.Open(result.Tree, layers);
        var part = step.Begin("sending tarball");
        await using (var target = await surroundings.Client.CreateFileAsync(export, new Dictionary<string, string>(), cancellationToken))
            await BlockingPipe.RunAsync(output => TreeArchive.Pack(files.Root, output, result.Plan.Epoch, cancellationToken), target, cancellationToken);
        part.Complete();
        step.Complete();
    }

    /// <summary>A part of a file; links are followed within the tree.</summary>
    /// <exception cref="BuildException">There is no such file.</exception>
    public ReadOnlyMemory<byte> Read(SolvedTree.Layered tree, string path, Range range)
    {
        using var files = SourceTree.Open(tree, layers);
        var resolved = RootedPath.Resolve(files.Root, path);
        using var file = OpenAt.TryOpen(files.Root, resolved, OpenFlags.ReadOnly | OpenFlags.NonBlocking, ResolveFlags.Beneath | ResolveFlags.NoSymlinks, 0, out _);
        if (file is null || StatAt.Get(file) is not { IsRegular: true } status)
            throw new BuildException($"{path}: no such file");
        var size = (int)Math.Min(status.Size, int.MaxValue);
        var from = Math.Min(range.Start.GetOffset(size), size);
        var to = Math.Clamp(range.End.GetOffset(size), from, Math.Min(size, from + LargestRead));
        var content = new byte[to - from];
        var count = file.ReadAt(content, from);
        return content.AsMemory(0, count);
    }
}
