using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Reconciling;
using Boreal.Orchestrator.Store;
using Boreal.Orchestrator.Verbs;

namespace Boreal.Daemon.Apps;

/// <summary>The orchestrator of this daemon. It is made at the first app, and at each start from then on: who has none pays nothing.</summary>
internal sealed class AppsHost(string path, Func<INode> node, Func<IBalancer> balancer, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private SqliteStateStore? _store;
    private AppOrchestrator? _orchestrator;
    private volatile AppVerbs? _verbs;

    /// <summary>Takes up what was asked before this process.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            await OpenAsync(cancellationToken);
    }

    /// <summary>Null as long as there never was an app.</summary>
    public AppVerbs? Find() => _verbs;

    public async Task<AppVerbs> OpenAsync(CancellationToken cancellationToken)
    {
        if (_verbs is { } known)
            return known;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _verbs ??= await MakeAsync(cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_orchestrator is { } orchestrator)
            await orchestrator.DisposeAsync();
        if (_store is { } store)
            await store.DisposeAsync();
        _opening.Dispose();
    }

    private async Task<AppVerbs> MakeAsync(CancellationToken cancellationToken)
    {
        // The loops that begin here go on for ever: they are no part of the request that happened to be first.
        System.Diagnostics.Activity.Current = null;
        _store ??= SqliteStateStore.Open(path);
        var machine = node();
        _orchestrator = new AppOrchestrator(_store, machine, balancer(), time, loggers);
        await _orchestrator.StartAsync(cancellationToken);
        return new AppVerbs(_store, _orchestrator, machine, time);
    }
}
