using System.Collections.Concurrent;
using System.Text.Json;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Store;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Deaths;

/// <summary>Looks at a machine, its store and its balancer while processes come and go, and compares them with what is to be in the end.</summary>
internal sealed class DeathWatch
{
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(1);

    private readonly OrchestratorRig _rig;
    private readonly DeathScenario _scenario;
    private readonly IReadOnlyList<(string Name, string Id, int Starts)> _untouched;

    public DeathWatch(OrchestratorRig rig, DeathScenario scenario)
    {
        (_rig, _scenario) = (rig, scenario);
        _untouched = [.. rig.Node.Containers.Where(one => scenario.Untouched.Contains(one.Name)).Select(one => (one.Name, one.Id, one.Starts))];
        var started = rig.Node.Started;
        rig.Node.Started = container =>
        {
            if (rig.Node.RunningNames.Count > scenario.Most)
                Wrongs.Enqueue($"{string.Join(", ", rig.Node.RunningNames)} run at the same time");
            started(container);
        };
        rig.Node.Stopping = Stopping;
    }

    /// <summary>What must not have been at any moment.</summary>
    public ConcurrentQueue<string> Wrongs { get; } = [];

    /// <summary>What is not as it is to be in the end; empty when all is.</summary>
    public string Missing()
    {
        if (!_rig.IsIdle)
            return "the loops are at work";
        var seen = _rig.Node.Containers.Select(one => $"{one.Name} {one.Request.Image} {one.Phase}").Order(StringComparer.Ordinal).ToList();
        if (!seen.SequenceEqual(_scenario.End))
            return $"the containers are: {string.Join(", ", seen)}";
        foreach (var (name, id, starts) in _untouched)
        {
            if (_rig.Node.Containers.Single(one => one.Name == name) is var one && (one.Id != id || one.Starts != starts))
                return $"{name} is another one, or was started again";
        }
        if (_rig.Verbs.List().FirstOrDefault(app => !app.Converged) is { } app)
            return $"{app.Name} is not as asked";
        return Rotation() is { Length: > 0 } rotation ? rotation : Leftover();
    }

    /// <summary>Gives everything that waits for the clock its time.</summary>
    public async Task RestAsync()
    {
        for (var step = 0; step < 5; step++)
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(12));
            await Task.Delay(Blink, TimeProvider.System);
            await _rig.IdleAsync();
        }
    }

    private void Stopping(FakeContainer container)
    {
        if (_rig.Node.RunningNames.Count - 1 < _scenario.Least)
            Wrongs.Enqueue($"{container.Name} is stopped, and {_rig.Node.RunningNames.Count - 1} run then");
        if (_rig.Balancer.Applied.Values.SelectMany(one => one.Backends).Any(one => one.ContainerId == container.Id && one.State is BackendState.Ready))
            Wrongs.Enqueue($"{container.Name} is stopped while it gets requests");
    }

    private string Rotation()
    {
        var ready = _rig.Balancer.Applied.Values.SelectMany(one => one.Backends).Where(one => one.State is BackendState.Ready).Select(one => one.ContainerId).Order(StringComparer.Ordinal);
        var running = _rig.Node.Containers.Where(one => one.Phase is ContainerPhase.Running).Select(one => one.Id).Order(StringComparer.Ordinal);
        var strangers = _rig.Balancer.Applied.Keys.Except(_rig.Verbs.List().SelectMany(app => _rig.Verbs.Inspect(app.Name).Services).Select(service => $"{service.App}/{service.Name}"));
        return ready.SequenceEqual(running) && !strangers.Any() ? "" : $"the balancer knows {string.Join(", ", ready)}, and the services {string.Join(", ", _rig.Balancer.Applied.Keys)}";
    }

    /// <summary>What is in the store and belongs to nothing.</summary>
    private string Leftover()
    {
        var entries = _rig.Store.ListAsync("", CancellationToken.None).AsTask().GetAwaiter().GetResult().Entries.ToDictionary(entry => entry.Key);
        return entries.Keys.FirstOrDefault(key => !Belongs(key, entries)) is { } left ? $"{left} is left in the store" : "";
    }

    private static bool Belongs(string key, Dictionary<string, StoredEntry> entries)
    {
        if (!ServiceKeys.TryParse(key, out var kind, out var service, out var rest) || !entries.TryGetValue(ServiceKeys.Record(service), out var record))
            return false;
        return kind switch
        {
            ServiceKeys.Statuses => entries.ContainsKey(ServiceKeys.Task(service, rest)),
            ServiceKeys.Revisions => JsonSerializer.Deserialize(record.Value.Span, RecordsJsonContext.Default.ServiceRecord)?.Revisions.Any(one => $"{one.Number}" == rest) == true,
            _ => true,
        };
    }
}
