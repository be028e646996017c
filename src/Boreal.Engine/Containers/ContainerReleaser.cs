using System.Collections.Concurrent;
using Boreal.Engine.Layers;
using Boreal.Engine.Shims;
using Boreal.Engine.State;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Containers;

/// <summary>
/// Takes away what no client waits for: of an ended run the OCI runtime's traces, the shim, mounts, the run's folder and the
/// control group, of a removed container its files. The container's next start waits; what a killed daemon leaves goes at its next start.
/// </summary>
internal sealed partial class ContainerReleaser(ContainerEnvironment environment, Snapshots snapshots, NodePaths paths, ILogger<ContainerReleaser> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ContainerId, Task> _pending = new();

    /// <summary>The caller holds the claim and has recorded the end. Begins when <paramref name="told"/> completes, so as not to be in the way of the answer.</summary>
    public void Begin(Container container, Shim? shim, Task told) => Add(container.Id, async () =>
    {
        await told;
        if (shim is not null) await shim.ReleaseAsync(CancellationToken.None);
        await environment.ReleaseAsync(container.Spec);
    });

    /// <summary>Removes the files of a container that is gone.</summary>
    public void BeginRemoval(ContainerId id) => Add(id, () =>
    {
        snapshots.RemoveTree(id);
        if (Directory.Exists(paths.Container(id))) Directory.Delete(paths.Container(id), recursive: true);
        return Task.CompletedTask;
    });

    /// <summary>Completes when nothing of the container's last run is left.</summary>
    public Task WhenReleasedAsync(ContainerId id) => _pending.TryGetValue(id, out var release) ? release : Task.CompletedTask;

    public bool IsPending(ContainerId id) => _pending.ContainsKey(id);

    /// <summary>Waits for what is under way.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_pending.Values);

    private void Add(ContainerId id, Func<Task> work)
    {
        var listed = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = ReleaseAsync(id, WhenReleasedAsync(id), work, listed.Task);
        _pending[id] = release;
        // Only now, or it could end before it is listed.
        listed.SetResult(release);
    }

    private async Task ReleaseAsync(ContainerId id, Task before, Func<Task> work, Task<Task> listed)
    {
        var self = await listed;
        try
        {
            await before;
            await work();
        }
        catch (Exception exception)
        {
            Log.NotReleased(logger, id.Short, exception);
        }
        finally
        {
            _pending.TryRemove(KeyValuePair.Create(id, self));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1601, LogLevel.Warning, "something of container {Container} is left; the next start of the daemon removes it")]
        public static partial void NotReleased(ILogger logger, string container, Exception exception);
    }
}
