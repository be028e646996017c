using System.Collections.Concurrent;

namespace Boreal.Registry.Proxying;

/// <summary>Work that several wait for and one does. It goes on when those who wait have gone.</summary>
internal sealed class SharedWork<TKey>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task>> _running = new();

    public Task DoAsync(TKey key, Func<Task> work, CancellationToken waiting)
    {
        var mine = new Lazy<Task>(() => RunAsync(key, work));
        return _running.GetOrAdd(key, mine).Value.WaitAsync(waiting);
    }

    /// <summary>Ends when nothing runs any more.</summary>
    public async Task DrainAsync()
    {
        foreach (var work in _running.Values)
            await work.Value.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RunAsync(TKey key, Func<Task> work)
    {
        // Not before it is in the table, or it would stay there.
        await Task.Yield();
        try
        {
            await work();
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }
}
