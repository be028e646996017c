using System.Runtime.CompilerServices;
using Boreal.Build.Builds;
using Boreal.Build.Contexts;

namespace Boreal.Tests.Functional.Build;

/// <summary>A builder that does what the test says and notes what it was asked.</summary>
internal sealed class ScriptedBuilder(Func<BuildRequest, BuildSurroundings, CancellationToken, Task<BuildResult>> build) : IBuilder
{
    public const string ImageId = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly Lock _lock = new();

    public List<ExportRequest> Exports { get; } = [];

    public List<CacheSource> CacheExports { get; } = [];

    public List<BuildRequest> Requests { get; } = [];

    public List<CacheRecord> Cache { get; } = [];

    public Func<ExportRequest, BuildSurroundings, CancellationToken, Task>? OnExport { get; init; }

    public static ScriptedBuilder Receiving(Action<string> received, ContextFilter? filter = null) => new(async (_, surroundings, cancellationToken) =>
    {
        using var folder = await ReceiveAsync(surroundings, filter ?? new ContextFilter("context"), cancellationToken);
        received(folder.Path);
        return new BuildResult { Tree = new Tree() };
    });

    public static async Task<ContextFolder> ReceiveAsync(BuildSurroundings surroundings, ContextFilter filter, CancellationToken cancellationToken)
    {
        var step = surroundings.Progress.Start($"sha256:{filter.Name}", $"[internal] load {filter.Name}");
        var part = step.Begin("transferring context:");
        var folder = await surroundings.Client.OpenFolderAsync(filter, part, cancellationToken);
        part.Complete();
        step.Complete();
        return folder;
    }

    public BuilderDescription Describe() => new() { Id = "scripted", Version = "v0.13.2", Platforms = ["linux/amd64"] };

    public Task<BuildResult> BuildAsync(BuildRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        lock (_lock)
            Requests.Add(request);
        return build(request, surroundings, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, string>> ExportAsync(BuildResult result, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        // Bake exports several at once.
        lock (_lock)
            Exports.Add(request);
        if (OnExport is not null)
            await OnExport(request, surroundings, cancellationToken);
        var step = surroundings.Progress.Start("sha256:export", "exporting to image");
        step.Begin($"writing image {ImageId}").Complete();
        step.Complete();
        return new Dictionary<string, string> { [ExportKeys.Digest] = ImageId, [ExportKeys.ConfigDigest] = ImageId };
    }

    public Task<IReadOnlyDictionary<string, string>> ExportCacheAsync(BuildResult result, CacheSource target, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        CacheExports.Add(target);
        return Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());
    }

    public Task EvaluateAsync(BuildTree tree, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ReadOnlyMemory<byte>> ReadFileAsync(BuildTree tree, string path, Range range, CancellationToken cancellationToken) =>
        throw new BuildException($"{path}: a scripted build has no files");

    public Task<IReadOnlyList<CacheRecord>> ListCacheAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CacheRecord>>(Cache);

    public async IAsyncEnumerable<CacheRecord> PruneCacheAsync(CacheRule keep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in Cache)
            yield return record;
        Cache.Clear();
        await Task.CompletedTask;
    }

    internal sealed class Tree : BuildTree;
}
