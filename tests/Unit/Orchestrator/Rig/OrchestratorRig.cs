using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Reconciling;
using Boreal.Orchestrator.Store;
using Boreal.Orchestrator.Verbs;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Boreal.Tests.Unit.Orchestrator.Rig;

/// <summary>The loops over a store and a machine in memory, with a clock that stands until a test moves it.</summary>
internal sealed class OrchestratorRig : IAsyncDisposable
{
    private AppOrchestrator _orchestrator;

    private OrchestratorRig()
    {
        Node = new FakeNode(Time);
        (_orchestrator, Verbs) = NewProcess();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public MemoryStateStore Store { get; } = new();

    public FakeNode Node { get; }

    public FakeBalancer Balancer { get; } = new();

    public AppVerbs Verbs { get; private set; }

    /// <summary>Of the process that works now.</summary>
    public Lifetime Life { get; private set; } = new();

    /// <summary>No loop works at this moment, and the store tells them nothing new.</summary>
    public bool IsIdle => _orchestrator.View.ReachAsync(Store.Revision, CancellationToken.None).IsCompleted && _orchestrator.IsIdle;

    public static async Task<OrchestratorRig> StartAsync()
    {
        var rig = new OrchestratorRig();
        await rig._orchestrator.StartAsync(CancellationToken.None);
        return rig;
    }

    public static ServiceSpec Spec(string name, int replicas = 1, string image = "image:1", bool hasHealthCheck = false) => new()
    {
        Name = name,
        Replicas = replicas,
        Template = new ContainerCreateRequest { Image = image, Healthcheck = hasHealthCheck ? new HealthConfig { Test = ["CMD", "true"] } : null },
    };

    public Task<ServiceInspect> PutAsync(ServiceSpec spec) => Verbs.PutAsync("app", spec, new PutOptions(), CancellationToken.None);

    public ServiceInspect Inspect(string service) => Verbs.Inspect("app", service);

    /// <summary>Puts a service and waits until it is as asked.</summary>
    public async Task SettleAsync(ServiceSpec spec)
    {
        await PutAsync(spec);
        await ConvergedAsync(spec.Name);
    }

    public Task ConvergedAsync(string service) => UntilAsync(() => Inspect(service).Converged, $"{service} is as asked");

    /// <summary>Moves the clock on, a little at a time, until the condition holds.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        await Eventually.HoldsAsync(() =>
        {
            if (condition())
                return true;
            Time.Advance(TimeSpan.FromMilliseconds(100));
            return false;
        }, what, TimeSpan.FromSeconds(60));
    }

    /// <summary>Moves the clock whenever the loops rest, until <paramref name="missing"/> tells nothing any more.</summary>
    public async Task ReachAsync(Func<string> missing, string when)
    {
        var deadline = new Deadline(TimeSpan.FromSeconds(60));
        while (missing() is { Length: > 0 } what)
        {
            if (deadline.HasPassed)
                Assert.Fail($"{when}: {what}");
            if (IsIdle)
                Time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    /// <summary>Without moving the clock.</summary>
    public static Task NowAsync(Func<bool> condition, string what) => Eventually.HoldsAsync(condition, what);

    /// <summary>The process dies and another one takes up the store.</summary>
    public async Task RestartAsync()
    {
        await _orchestrator.DisposeAsync();
        (_orchestrator, Verbs) = NewProcess();
        await _orchestrator.StartAsync(CancellationToken.None);
    }

    /// <summary>Until no loop works any more.</summary>
    public Task IdleAsync() => NowAsync(() => IsIdle, "the loops are idle");

    /// <summary>Every container that starts is healthy at once.</summary>
    public void HealthyAtOnce() => Node.Started = container => Node.SetHealth(container.Id, ContainerHealth.Healthy);

    public ValueTask DisposeAsync() => _orchestrator.DisposeAsync();

    private (AppOrchestrator Orchestrator, AppVerbs Verbs) NewProcess()
    {
        Life = new Lifetime();
        var (store, node) = (new MortalStore(Store, Life), new MortalNode(Node, Life));
        var orchestrator = new AppOrchestrator(store, node, new MortalBalancer(Balancer, Life), Time, NullLoggerFactory.Instance);
        return (orchestrator, new AppVerbs(store, orchestrator, node, Time));
    }
}
