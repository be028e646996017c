using System.Text;
using System.Text.Json;
using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Graph;
using Boreal.Build.Solving;
using Boreal.Engine.Layers;
using Boreal.Oci.Images;

namespace Boreal.Build.Building;

/// <summary>The builder behind BuildKit's protocols: plans a Dockerfile's target and solves the plan; exports come after.</summary>
internal sealed class DockerfileBuilder(
    BuilderDescription description, DockerfilePlanning planning, BuildLayers layers, PlanSolver solver, BuildCaches caches, ResultExporter exporter) : IBuilder
{
    private const string Frontend = "dockerfile.v0";
    private const string QuestionKey = "requestid";
    private const string ConfigKey = "containerimage.config";
    private const string PlatformsKey = "refs.platforms";

    public BuilderDescription Describe() => description;

    public Task<BuildResult> BuildAsync(BuildRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken) =>
        BuildSpans.DoAsync("build", request.Attributes.GetValueOrDefault("target", ""), () => BuildTargetAsync(request, surroundings, cancellationToken));

    private async Task<BuildResult> BuildTargetAsync(BuildRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        if (request.Frontend != Frontend)
            throw new BuildException($"frontend {request.Frontend} is not supported: Boreal builds Dockerfiles by itself");
        var scope = new SolveScope(surroundings, request.Entitlements, layers) { Inputs = new InputResults(request.Inputs, exporter.Images) };
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
        var file = await planned;
        var trees = await SolveAsync(file, scope, cancellationToken);
        if (!file.IsMultiPlatform)
            return new BuildResult { Tree = trees[0], Metadata = new Dictionary<string, ReadOnlyMemory<byte>> { [ConfigKey] = exporter.ConfigOf(trees[0]) } };
        var platforms = new BuiltPlatforms([.. file.Targets.Select(target => new BuiltPlatform(target.Platform.ToString(), PlatformOf(target.Platform)))]);
        var metadata = new Dictionary<string, ReadOnlyMemory<byte>> { [PlatformsKey] = JsonSerializer.SerializeToUtf8Bytes(platforms, BuildingJson.Default.BuiltPlatforms) };
        foreach (var tree in trees)
            metadata[$"{ConfigKey}/{tree.Platform}"] = exporter.ConfigOf(tree);
        return new BuildResult { Platforms = trees.ToDictionary(tree => $"{tree.Platform}", tree => (BuildTree)tree), Metadata = metadata };
    }

    public Task<IReadOnlyDictionary<string, string>> ExportAsync(BuildResult result, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken) =>
        exporter.ExportAsync(result, request, surroundings, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> ExportCacheAsync(BuildResult result, CacheSource target, BuildSurroundings surroundings, CancellationToken cancellationToken) =>
        ResultExporter.TreesOf(result) is { Count: > 0 } trees
            ? caches.Exporter.ExportAsync(trees, target, surroundings, cancellationToken)
            : Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    public Task EvaluateAsync(BuildTree tree, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ReadOnlyMemory<byte>> ReadFileAsync(BuildTree tree, string path, Range range, CancellationToken cancellationToken) =>
        Task.Run(() => exporter.Files.Read(((PlannedTree)tree).Tree, path, range), cancellationToken);

    public Task<IReadOnlyList<CacheRecord>> ListCacheAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken) =>
        Task.Run(() => caches.Collector.Inventory.List(filters), cancellationToken);

    public IAsyncEnumerable<CacheRecord> PruneCacheAsync(CacheRule keep, CancellationToken cancellationToken) => caches.Collector.Inventory.CleanAsync(keep, cancellationToken);

    // Platforms are built side by side; one that fails ends the others.
    private async Task<IReadOnlyList<PlannedTree>> SolveAsync(PlannedDockerfile file, SolveScope scope, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var solving = file.Targets.Select(target => SolveAsync(target, file.IsMultiPlatform, scope, stop)).ToList();
        try
        {
            return await Task.WhenAll(solving);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && solving.Find(task => task.IsFaulted) is { } failed)
        {
            return [await failed];
        }
    }

    private async Task<PlannedTree> SolveAsync(PlannedTarget target, bool isOneOfSeveral, SolveScope scope, CancellationTokenSource stop)
    {
        try
        {
            var tree = await solver.SolveAsync(target.Plan, scope, stop.Token);
            return new PlannedTree(target.Plan, tree) { Platform = isOneOfSeveral ? target.Platform : null, Steps = scope.Steps, Imported = scope.Imported };
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private static Platform PlatformOf(BuildPlatform platform) =>
        new() { Os = platform.Os, Architecture = platform.Architecture, Variant = platform.Variant.Length > 0 ? platform.Variant : null };
}
