using System.Runtime.CompilerServices;
using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Contexts;
using Boreal.Build.Exporting;
using Boreal.Build.Solving;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;

namespace Boreal.Build.Building;

/// <summary>The builder behind BuildKit's protocols: plans a Dockerfile's target and solves the plan; exports come after.</summary>
internal sealed class DockerfileBuilder(
    BuilderDescription description, DockerfilePlanning planning, BuildLayers layers, PlanSolver solver, StepCache cache, ImageExporter exporter, FileExporter files, ContextStore contexts, TimeProvider clock) : IBuilder
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
                await files.SendFolderAsync(planned.Tree, request.Index, surroundings, cancellationToken);
                return new Dictionary<string, string>();
            case "tar":
                await files.SendArchiveAsync(planned.Tree, request.Index, surroundings, cancellationToken);
                return new Dictionary<string, string>();
            default:
                throw new BuildException($"exporter \"{request.Kind}\" could not be found");
        }
    }

    public Task EvaluateAsync(BuildTree tree, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ReadOnlyMemory<byte>> ReadFileAsync(BuildTree tree, string path, Range range, CancellationToken cancellationToken) =>
        Task.Run(() => files.Read(((PlannedTree)tree).Tree, path, range), cancellationToken);

    public Task<IReadOnlyList<CacheRecord>> ListCacheAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CacheRecord>>([.. cache.List().Select(Describe).Where(record => CacheCleaning.Matches(record, filters)).OrderByDescending(record => record.Size)]);

    public async IAsyncEnumerable<CacheRecord> PruneCacheAsync(CacheRule keep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in CacheCleaning.Choose([.. cache.List().Select(Describe)], keep, clock.GetUtcNow()))
        {
            if (await Task.Run(() => cache.Remove(record.Id), cancellationToken))
                yield return record;
        }

        if (!keep.All || keep.KeepFor > TimeSpan.Zero || keep.Filters.Count > 0 || keep.ReservedSpace > 0)
            yield break;
        await Task.Run(contexts.Prune, cancellationToken);
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
