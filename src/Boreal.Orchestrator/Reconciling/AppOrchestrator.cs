using Boreal.Orchestrator.Adoption;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Rotations;
using Boreal.Orchestrator.Scaling;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Store;
using Boreal.Orchestrator.Tasks;
using Boreal.Orchestrator.Verbs;
using Microsoft.Extensions.Logging;

namespace Boreal.Orchestrator.Reconciling;

/// <summary>
/// The loops that keep services as they are asked, and what wakes them: changes of the store, events of the node, timers, and now and
/// then nothing at all, in case something was missed. They meet only in the store.
/// </summary>
public sealed partial class AppOrchestrator : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    private readonly IStateStore _store;
    private readonly INode _node;
    private readonly TimeProvider _time;
    private readonly ILogger<AppOrchestrator> _logger;
    private readonly StoppedByHand _byHand = new();
    private readonly WorkQueue _plans;
    private readonly WorkQueue _tasks;
    private readonly WorkQueue _rotationRuns;
    private readonly WorkQueue _scalings;
    private readonly CancellationTokenSource _stopping = new();
    private Task _storeWatch = Task.CompletedTask;
    private Task _nodeWatch = Task.CompletedTask;
    private ITimer? _looking;

    public AppOrchestrator(IStateStore store, INode node, IBalancer balancer, TimeProvider time, ILoggerFactory loggers)
    {
        _store = store;
        _node = node;
        _time = time;
        _logger = loggers.CreateLogger<AppOrchestrator>();
        var planner = new PlanRunner(store, View, time, loggers.CreateLogger<PlanRunner>());
        Rotations = new RotationAgent(store, View, node, balancer);
        var ending = new TaskEnding(node, balancer, Rotations, _byHand, loggers.CreateLogger<TaskEnding>());
        var agent = new TaskAgent(store, View, node, new TaskStarting(node, _byHand), ending, time);
        _plans = new WorkQueue("planning", planner.RunAsync, time, _logger);
        _tasks = new WorkQueue("task", (key, cancellationToken) => agent.RunAsync(key[..key.LastIndexOf('/')], key[(key.LastIndexOf('/') + 1)..], cancellationToken), time, _logger);
        _rotationRuns = new WorkQueue("balancing", async (key, cancellationToken) =>
        {
            await Rotations.RunAsync(key, cancellationToken);
            return null;
        }, time, _logger);
        Writer = new ServiceWriter(store, View, new Adopter(node, time), time);
        Scaler = new ServiceScaler(View, new SignalReader(View, node, balancer, time), Writer, time);
        _scalings = new WorkQueue("scaling", Scaler.RunAsync, time, _logger);
    }

    /// <summary>The store's content as objects.</summary>
    public AppsView View { get; } = new();

    internal RotationAgent Rotations { get; }

    internal ServiceWriter Writer { get; }

    internal ServiceScaler Scaler { get; }

    /// <summary>No loop works at this moment.</summary>
    internal bool IsIdle => _plans.IsIdle && _tasks.IsIdle && _rotationRuns.IsIdle && _scalings.IsIdle;

    /// <summary>Reads the store, looks at everything once, and goes on in the background.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var list = await _store.ListAsync("", cancellationToken);
        View.Load(list);
        _nodeWatch = WatchNodeAsync();
        _storeWatch = WatchStoreAsync(list.Revision);
        LookAtAll();
        _looking = _time.CreateTimer(_ => LookAtAll(), null, LookInterval, LookInterval);
    }

    public async ValueTask DisposeAsync()
    {
        if (_looking is { } looking)
            await looking.DisposeAsync();
        await _stopping.CancelAsync();
        await Task.WhenAll(_storeWatch, _nodeWatch);
        await _plans.DisposeAsync();
        await _tasks.DisposeAsync();
        await _rotationRuns.DisposeAsync();
        await _scalings.DisposeAsync();
        Scaler.Dispose();
        _stopping.Dispose();
    }

    private void LookAtAll()
    {
        foreach (var service in View.Services)
        {
            _plans.Enqueue(service.Id);
            _rotationRuns.Enqueue(service.Id);
            EnqueueScaling(service);
            EnqueueTasks(service);
        }
    }

    private void EnqueueScaling(ServiceView service)
    {
        if (service.Spec.Autoscale is not null || Scaler.Knows(service.Id))
            _scalings.Enqueue(service.Id);
    }

    private async Task WatchStoreAsync(long revision)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (var changes in _store.WatchAsync("", revision, _stopping.Token))
                {
                    revision = changes.Revision;
                    foreach (var service in View.Apply(changes))
                        EnqueueService(service);
                    foreach (var change in changes.Changes)
                        EnqueueTask(change.Key);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (CompactedException exception)
            {
                Log.FellBehind(_logger, exception.Oldest);
                var list = await _store.ListAsync("", _stopping.Token);
                View.Load(list);
                revision = list.Revision;
                LookAtAll();
            }
        }
    }

    private async Task WatchNodeAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (var happened in _node.WatchAsync(_stopping.Token))
                    Hear(happened);
                // Fallen behind, and heard again from now on: what lies between is seen by looking.
                LookAtAll();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Hear(NodeEvent happened)
    {
        if (TaskLabels.ServiceOf(happened.Labels) is not { } id || View.Find(id) is not { } service)
            return;
        if (happened.Action is "stop")
            _byHand.Hear(happened.ContainerId);
        else if (happened.Action is "start" or "destroy")
            _byHand.Forget(happened.ContainerId);
        else if (happened.Action is not "die" && !happened.Action.StartsWith("health_status", StringComparison.Ordinal) && happened.Action is not ("rename" or "connect" or "disconnect"))
            return;
        _rotationRuns.Enqueue(id);
        EnqueueTasks(service);
    }

    private void EnqueueService(string id)
    {
        _plans.Enqueue(id);
        _rotationRuns.Enqueue(id);
        if (View.Find(id) is not { } service)
            return;
        EnqueueScaling(service);
        foreach (var other in View.Services)
        {
            if (other.App == service.App && other.Spec.DependsOn.Any(dependency => dependency.Service == service.Name))
                _plans.Enqueue(other.Id);
        }
    }

    private void EnqueueTask(string key)
    {
        if (!ServiceKeys.TryParse(key, out var kind, out var service, out var id))
            return;
        if (kind is ServiceKeys.Tasks)
            _tasks.Enqueue($"{service}/{id}");
        // What one task leaves, another of the service may wait for: a name, a container, the balancer's word.
        else if (kind is ServiceKeys.Rotations or ServiceKeys.Statuses or ServiceKeys.Services && View.Find(service) is { } known)
            EnqueueTasks(known);
    }

    private void EnqueueTasks(ServiceView service)
    {
        foreach (var task in service.Tasks.Values)
        {
            if (!task.IsHistory)
                _tasks.Enqueue($"{service.Id}/{task.Task.Id}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3021, LogLevel.Warning, "fell behind the store, which keeps changes from revision {Oldest} on; reading all of it")]
        public static partial void FellBehind(ILogger logger, long oldest);
    }
}
