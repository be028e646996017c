using System.Collections.Concurrent;
using Boreal.Build.Builds;
using Boreal.Build.Progress;
using Boreal.Engine.Errors;

namespace Boreal.Build.Gateway;

/// <summary>A build while its client waits for it. The client may drive it from outside: build, look at what came, and return one result.</summary>
internal sealed class ActiveBuild(string reference, string session, BuildSurroundings surroundings, CancellationToken over)
{
    private readonly TaskCompletionSource<BuildResult> _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, BuildTree> _trees = new(StringComparer.Ordinal);

    public string Reference { get; } = reference;

    public string Session { get; } = session;

    public BuildSurroundings Surroundings { get; } = surroundings;

    /// <summary>What the user allowed it.</summary>
    public IReadOnlySet<string> Entitlements { get; init; } = new HashSet<string>();

    /// <summary>Cancelled when nobody waits for the build any more.</summary>
    public CancellationToken Over { get; } = over;

    /// <summary>What the client returned; fails with what it returned instead.</summary>
    public Task<BuildResult> Returned => _returned.Task;

    /// <summary>The name under which the client may ask for the tree from now on.</summary>
    public string Keep(BuildTree tree)
    {
        var id = Guid.NewGuid().ToString("N");
        _trees[id] = tree;
        return id;
    }

    public BuildTree? TryFind(string id) => _trees.GetValueOrDefault(id);

    public BuildTree Find(string id) => TryFind(id) ?? throw new EngineException(ErrorKind.NotFound, $"reference {id} is none of build {Reference}");

    public void Return(BuildResult result)
    {
        if (!_returned.TrySetResult(result))
            throw new EngineException(ErrorKind.Conflict, $"build {Reference} was returned already");
    }

    public void Fail(Exception failure) => _returned.TrySetException(failure);
}
