using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Nodes;

namespace Boreal.Tests.Unit.Orchestrator.Rig;

/// <summary>A machine in memory: containers start at once, and do what a test says.</summary>
internal sealed class FakeNode(TimeProvider time) : INode
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FakeContainer> _containers = [];
    private readonly List<Channel<NodeEvent>> _listeners = [];
    private readonly List<string> _calls = [];
    private int _made;
    private DateTimeOffset _measured = time.GetUtcNow();
    private ulong _used;

    public string Name => "here";

    /// <summary>Called before a container is made or started; what it throws is the verb's failure.</summary>
    public Action<string, FakeContainer?> Before { get; set; } = (_, _) => { };

    /// <summary>What runs after each start, under the lock.</summary>
    public Action<FakeContainer> Started { get; set; } = _ => { };

    /// <summary>Called before a container that runs is stopped.</summary>
    public Action<FakeContainer> Stopping { get; set; } = _ => { };

    public Func<FakeContainer, ServiceHook, HookOutcome> Hook { get; set; } = (_, _) => new HookOutcome(0, "");

    public bool Answers { get; set; } = true;

    /// <summary>Who has ports of the machine.</summary>
    public IReadOnlyDictionary<ushort, string> Holders { get; set; } = new Dictionary<ushort, string>();

    /// <summary>Processors each running container uses.</summary>
    public double Cpus { get; set; }

    /// <summary>Verbs that changed something, as <c>start web-1</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }

    public IReadOnlyList<FakeContainer> Containers
    {
        get
        {
            lock (_lock)
                return [.. _containers.Values];
        }
    }

    public IReadOnlyList<string> RunningNames
    {
        get
        {
            lock (_lock)
                return [.. _containers.Values.Where(container => container.Phase is ContainerPhase.Running).Select(container => container.Name).Order(StringComparer.Ordinal)];
        }
    }

    public IReadOnlyList<ObservedContainer> List()
    {
        lock (_lock)
            return [.. _containers.Values.Select(container => container.Observe())];
    }

    public ObservedContainer? Find(string reference)
    {
        lock (_lock)
            return Lookup(reference)?.Observe();
    }

    public string? HolderOf(string protocol, ushort port) => Holders.GetValueOrDefault(port);

    public ContainerUsage? Measure(string id)
    {
        lock (_lock)
        {
            if (Lookup(id) is not { Phase: ContainerPhase.Running })
                return null;
            var elapsed = time.GetUtcNow() - _measured;
            _measured = time.GetUtcNow();
            // Each is asked once per look, all at one time of the clock: the first one moves the meter on.
            _used += (ulong)(elapsed.TotalNanoseconds * Cpus);
            return new ContainerUsage(_used, 0);
        }
    }

    public ValueTask<ContainerInspect?> InspectAsync(string reference, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(Lookup(reference)?.Inspect());
    }

    public ValueTask<ContainerInspect> PreviewAsync(string name, ContainerCreateRequest request, CancellationToken cancellationToken) =>
        new(new FakeContainer("preview", name, request, time.GetUtcNow()).Inspect());

    public Task<string> CreateAsync(string name, ContainerCreateRequest request, CancellationToken cancellationToken)
    {
        FakeContainer made;
        lock (_lock)
        {
            Before("create", null);
            if (Lookup(name) is not null)
                throw new AppException(AppErrorKind.Conflict, $"the name {name} is taken");
            made = new FakeContainer($"c{++_made:D4}", name, request, time.GetUtcNow());
            _containers[made.Id] = made;
            _calls.Add($"create {name}");
        }
        Tell("create", made);
        return Task.FromResult(made.Id);
    }

    public Task StartAsync(string id, CancellationToken cancellationToken)
    {
        FakeContainer container;
        lock (_lock)
        {
            container = Require(id);
            Before("start", container);
            if (container.Phase is ContainerPhase.Running)
                return Task.CompletedTask;
            container.Phase = ContainerPhase.Running;
            container.Starts++;
            container.Health = container.Request.Healthcheck is null ? ContainerHealth.None : ContainerHealth.Starting;
            _calls.Add($"start {container.Name}");
        }
        Tell("start", container);
        Started(container);
        return Task.CompletedTask;
    }

    public Task<bool> StopAsync(string id, TimeSpan? grace, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Lookup(id) is not { Phase: ContainerPhase.Running } container)
                return Task.FromResult(false);
            Stopping(container);
            _calls.Add($"stop {container.Name}");
        }
        StopByHand(id);
        return Task.FromResult(true);
    }

    public Task RemoveAsync(string id, bool withVolumes, CancellationToken cancellationToken)
    {
        FakeContainer? container;
        lock (_lock)
        {
            container = Lookup(id);
            if (container is null)
                return Task.CompletedTask;
            _containers.Remove(container.Id);
            _calls.Add($"remove {container.Name}");
        }
        Tell("destroy", container);
        return Task.CompletedTask;
    }

    public Task RenameAsync(string id, string name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Lookup(name) is not null)
                throw new AppException(AppErrorKind.Conflict, $"the name {name} is taken");
            Require(id).Name = name;
        }
        return Task.CompletedTask;
    }

    public Task DisableRestartAsync(string id, CancellationToken cancellationToken)
    {
        lock (_lock)
            Require(id).HasEngineRestart = false;
        return Task.CompletedTask;
    }

    public Task<HookOutcome> ExecAsync(string id, ServiceHook hook, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _calls.Add($"exec {Require(id).Name} {string.Join(' ', hook.Command)}");
            return Task.FromResult(Hook(Require(id), hook));
        }
    }

    public Task<bool> AnswersAsync(string id, ushort port, CancellationToken cancellationToken) => Task.FromResult(Answers);

    public async IAsyncEnumerable<NodeEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<NodeEvent>();
        lock (_lock)
            _listeners.Add(channel);
        await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
            yield return happened;
    }

    /// <summary>The process ends by itself, or is killed.</summary>
    public void Exit(string name, int code)
    {
        FakeContainer container;
        lock (_lock)
        {
            container = Require(name);
            container.Phase = ContainerPhase.Exited;
            container.ExitCode = code;
        }
        Tell("die", container);
    }

    public void StopByHand(string name)
    {
        Exit(name, 0);
        lock (_lock)
        {
            if (Lookup(name) is { } container)
                Tell("stop", container);
        }
    }

    public void SetHealth(string name, ContainerHealth health)
    {
        FakeContainer container;
        lock (_lock)
        {
            container = Require(name);
            container.Health = health;
        }
        Tell($"health_status: {health.ToString().ToLowerInvariant()}", container);
    }

    private FakeContainer? Lookup(string reference) =>
        _containers.GetValueOrDefault(reference) ?? _containers.Values.FirstOrDefault(container => container.Name == reference);

    private FakeContainer Require(string reference) => Lookup(reference) ?? throw new AppException(AppErrorKind.NotFound, $"no such container: {reference}");

    private void Tell(string action, FakeContainer container)
    {
        lock (_lock)
            _listeners.ForEach(listener => listener.Writer.TryWrite(new NodeEvent(action, container.Id, container.Observe().Labels)));
    }
}
