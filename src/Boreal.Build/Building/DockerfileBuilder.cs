using System.Runtime.CompilerServices;
using System.Text;
using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Exporting;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Build.Solving;
using Boreal.Build.Trees;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;

namespace Boreal.Build.Building;

/// <summary>The builder behind all ways to build: (1) loads the Dockerfile, (2) plans its target, (3) solves the plan; exports come after.</summary>
internal sealed class DockerfileBuilder(
    BuilderDescription description, ImageStore images, BuildLayers layers, PlanSolver solver, StepCache cache, ImageExporter exporter) : IBuilder
{
    private const string Frontend = "dockerfile.v0";
    private const string ConfigKey = "containerimage.config";

    public BuilderDescription Describe() => description;

    public async Task<BuildResult> BuildAsync(BuildRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        if (request.Frontend != Frontend)
            throw new BuildException($"frontend {request.Frontend} is not supported: Boreal builds Dockerfiles by itself");
        var platform = BuildPlatform.Of(new Oci.Images.Platform { Os = "linux", Architecture = description.Platforms[0].Split('/')[1] });
        var loader = new DockerfileLoader(surroundings);
        var (file, ignored) = await loader.LoadAsync(request.Attributes, cancellationToken);                                       // (1)
        var build = await PlanAsync(file, ignored, request, new PlanSources(images, loader, surroundings), platform, cancellationToken);   // (2)
        foreach (var warning in build.Warnings)
            surroundings.Progress.Warn(loader.StepId, Describe(warning, file));

        var scope = new SolveScope(surroundings, file, request.Entitlements, layers);
        var tree = await solver.SolveAsync(build.Plan, scope, cancellationToken);                                                  // (3)
        return new BuildResult
        {
            Tree = new PlannedTree(build.Plan, tree),
            Metadata = new Dictionary<string, ReadOnlyMemory<byte>> { [ConfigKey] = ImageAssembler.Document(exporter.ConfigOf(build.Plan, tree)) },
        };
    }

    public async Task<IReadOnlyDictionary<string, string>> ExportAsync(BuildResult result, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        if (result.Tree is not PlannedTree planned)
            throw new BuildException("there is no result to export");
        switch (request.Kind)
        {
            case "moby" or "image":
                return await Task.Run(() => exporter.Export(planned, request, surroundings.Progress), cancellationToken);
            case "local":
                return await SendAsync(planned, request, surroundings, cancellationToken);
            default:
                throw new BuildException($"exporter \"{request.Kind}\" could not be found");
        }
    }

    public Task EvaluateAsync(BuildTree tree, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ReadOnlyMemory<byte>> ReadFileAsync(BuildTree tree, string path, Range range, CancellationToken cancellationToken) =>
        throw new BuildException($"{path}: reading files of a result is not supported yet");

    public Task<IReadOnlyList<CacheRecord>> ListCacheAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CacheRecord>>([.. cache.List().Select(Describe).OrderByDescending(record => record.Size)]);

    public async IAsyncEnumerable<CacheRecord> PruneCacheAsync(CacheRule keep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in cache.List())
        {
            var described = Describe(record);
            if (await Task.Run(() => cache.Remove(record.Id), cancellationToken))
                yield return described;
        }
    }

    private static async Task<DockerfileBuild> PlanAsync(
        DockerfileText file, IReadOnlyList<string> ignored, BuildRequest request, IPlanSources sources, BuildPlatform platform, CancellationToken cancellationToken)
    {
        try
        {
            var options = FrontendAttributes.Read(request.Attributes, platform) with { IgnoredPatterns = ignored };
            return await new DockerfileFrontend(sources).PlanAsync(file, options, cancellationToken);
        }
        catch (DockerfileException exception)
        {
            throw new BuildException(exception.Message, exception) { Excerpt = ExcerptOf(file, exception.Locations) };
        }
        catch (FormatException exception)
        {
            throw new BuildException(exception.Message, exception);
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> SendAsync(PlannedTree planned, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var step = surroundings.Progress.Start(ImageExporter.NewId(), "exporting to client directory");
        using var files = SourceTree.Open(planned.Tree, layers);
        var part = step.Begin("copying files");
        await surroundings.Client.SendFolderAsync(request.Index, files.Path, part, cancellationToken);
        part.Complete();
        step.Complete();
        return new Dictionary<string, string>();
    }

    private CacheRecord Describe(StepRecord record) => new()
    {
        Id = record.Id,
        Kind = "regular",
        Description = record.Description,
        Size = layers.SizeOf(record.Layer),
        CreatedAt = record.CreatedAt,
        LastUsedAt = record.LastUsedAt,
        UsageCount = record.UsageCount,
        Parents = record.Parents,
    };

    private static BuildWarning Describe(LintWarning warning, DockerfileText file) => new()
    {
        Short = warning.Summary,
        Detail = [warning.Rule.Description],
        Url = warning.Rule.Url,
        Excerpt = ExcerptOf(file, [warning.Location]),
    };

    private static Progress.SourceExcerpt? ExcerptOf(DockerfileText file, IReadOnlyList<LineRange> lines) => lines.Count == 0
        ? null
        : new Progress.SourceExcerpt(file.FileName, Encoding.UTF8.GetBytes(file.Text), [.. lines.Select(range => new SourceRange(range.Start, range.End))]);
}
