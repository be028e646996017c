using System.Runtime.CompilerServices;
using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Exporting;
using Boreal.Build.Solving;
using Boreal.Build.Trees;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;

namespace Boreal.Build.Building;

/// <summary>The builder behind BuildKit's protocols: plans a Dockerfile's target and solves the plan; exports come after.</summary>
internal sealed class DockerfileBuilder(
    BuilderDescription description, DockerfilePlanning planning, BuildLayers layers, PlanSolver solver, StepCache cache, ImageExporter exporter) : IBuilder
{
    private const string Frontend = "dockerfile.v0";
    private const string ConfigKey = "containerimage.config";

    public BuilderDescription Describe() => description;

    public async Task<BuildResult> BuildAsync(BuildRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        if (request.Frontend != Frontend)
            throw new BuildException($"frontend {request.Frontend} is not supported: Boreal builds Dockerfiles by itself");
        var (file, plan) = await planning.PlanAsync(request, surroundings, cancellationToken);
        var tree = await solver.SolveAsync(plan, new SolveScope(surroundings, file, request.Entitlements, layers), cancellationToken);
        return new BuildResult
        {
            Tree = new PlannedTree(plan, tree),
            Metadata = new Dictionary<string, ReadOnlyMemory<byte>> { [ConfigKey] = ImageAssembler.Document(exporter.ConfigOf(plan, tree)) },
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
}
