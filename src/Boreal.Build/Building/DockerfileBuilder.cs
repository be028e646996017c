using System.Text;
using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Exporting;
using Boreal.Build.Solving;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;

namespace Boreal.Build.Building;

/// <summary>The builder behind BuildKit's protocols: plans a Dockerfile's target and solves the plan; exports come after.</summary>
internal sealed class DockerfileBuilder(
    BuilderDescription description, DockerfilePlanning planning, BuildLayers layers, PlanSolver solver, BuildCaches caches, ImageExporter exporter, FileExporter files) : IBuilder
{
    private const string Frontend = "dockerfile.v0";
    private const string QuestionKey = "requestid";
    private const string ConfigKey = "containerimage.config";

    public BuilderDescription Describe() => description;

    public async Task<BuildResult> BuildAsync(BuildRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        if (request.Frontend != Frontend)
            throw new BuildException($"frontend {request.Frontend} is not supported: Boreal builds Dockerfiles by itself");
        var scope = new SolveScope(surroundings, request.Entitlements, layers) { Inputs = new InputResults(request.Inputs, exporter) };
        scope.Inputs.Hold(scope);
        if (request.Attributes.TryGetValue(QuestionKey, out var question))
        {
            var answer = await planning.AnswerAsync(question, request, scope, cancellationToken);
            return new BuildResult { Metadata = answer.Metadata.ToDictionary(pair => pair.Key, pair => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(pair.Value)) };
        }

        // The first to be held is the last to be released: when all of the build is over.
        surroundings.Holdings.Add(caches.Collector.Request);
        var planned = planning.PlanAsync(request, scope, cancellationToken);
        await Task.WhenAll(planned, caches.ImportAsync(request, scope, cancellationToken));
        var plan = (await planned).Plan;
        var tree = await solver.SolveAsync(plan, scope, cancellationToken);
        return new BuildResult
        {
            Tree = new PlannedTree(plan, tree) { Steps = scope.Steps, Imported = scope.Imported },
            Metadata = new Dictionary<string, ReadOnlyMemory<byte>> { [ConfigKey] = ImageAssembler.Document(exporter.ConfigOf(plan, tree)) },
        };
    }

    public async Task<IReadOnlyDictionary<string, string>> ExportAsync(BuildResult result, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        // An answer has no files.
        if (result.Tree is not PlannedTree planned)
            return new Dictionary<string, string>();
        switch (request.Kind)
        {
            case "moby" or "image":
                var dated = await exporter.DateAsync(planned, request, surroundings, cancellationToken);
                return await Task.Run(() => exporter.Export(dated, request, surroundings.Progress), cancellationToken);
            case "local":
                await files.SendFolderAsync(planned.Tree, request.Index, surroundings, cancellationToken);
                return new Dictionary<string, string>();
            case "tar":
                await files.SendArchiveAsync(planned, request.Index, surroundings, cancellationToken);
                return new Dictionary<string, string>();
            default:
                throw new BuildException($"exporter \"{request.Kind}\" could not be found");
        }
    }

    public Task<IReadOnlyDictionary<string, string>> ExportCacheAsync(BuildResult result, CacheSource target, BuildSurroundings surroundings, CancellationToken cancellationToken) =>
        result.Tree is PlannedTree planned
            ? caches.Exporter.ExportAsync(planned, target, surroundings, cancellationToken)
            : Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    public Task EvaluateAsync(BuildTree tree, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ReadOnlyMemory<byte>> ReadFileAsync(BuildTree tree, string path, Range range, CancellationToken cancellationToken) =>
        Task.Run(() => files.Read(((PlannedTree)tree).Tree, path, range), cancellationToken);

    public Task<IReadOnlyList<CacheRecord>> ListCacheAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken) =>
        Task.Run(() => caches.Collector.Inventory.List(filters), cancellationToken);

    public IAsyncEnumerable<CacheRecord> PruneCacheAsync(CacheRule keep, CancellationToken cancellationToken) => caches.Collector.Inventory.CleanAsync(keep, cancellationToken);
}
