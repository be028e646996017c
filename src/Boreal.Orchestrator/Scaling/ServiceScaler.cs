using System.Collections.Concurrent;
using Boreal.Orchestrator.Scaling.Settings;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Verbs;

namespace Boreal.Orchestrator.Scaling;

/// <summary>Looks at services that scale by themselves, each at its own interval, and asks for what <see cref="Autoscaler"/> decides.</summary>
internal sealed class ServiceScaler(AppsView view, SignalReader signals, ServiceWriter writer, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, ScalingLook> _looks = new(StringComparer.Ordinal);

    public bool Knows(string service) => _looks.ContainsKey(service);

    public ScalingLook? LastLook(string service) => _looks.GetValueOrDefault(service);

    /// <returns>When to look again; null: when the service changes.</returns>
    public async Task<DateTimeOffset?> RunAsync(string id, CancellationToken cancellationToken)
    {
        if (view.Find(id) is not { Record: { Removing: false, IsScalingPaused: false }, Spec: { Stopped: false, Autoscale: { } autoscale } } service)
        {
            _looks.TryRemove(id, out _);
            return null;
        }

        var (now, written) = (time.GetUtcNow(), autoscale.GetRawText());
        var last = _looks.GetValueOrDefault(id);
        if (last?.Written == written && now < last.Next && now >= last.At)
            return last.Next;

        var settings = last?.Written == written ? last.Settings : AutoscaleReader.Read(autoscale);
        var (sample, usage, traffic) = await signals.ReadAsync(service, settings, last, cancellationToken);
        var decision = Autoscaler.Decide(settings, last?.State ?? ScalingState.Begin(sample.Desired, now), sample, now);
        if (decision.Replicas != sample.Desired)
            await ScaleAsync(id, sample.Desired, decision, cancellationToken);
        view.Tallies.Add(id, TallyKind.Scaling, $"{(decision.Replicas > sample.Desired ? "up" : decision.Replicas < sample.Desired ? "down" : "none")}/{decision.Cause}");
        var look = new ScalingLook(written, settings, decision.State, now, decision.Reasons, usage) { Readings = decision.Readings, Traffic = traffic };
        _looks[id] = look;
        return look.Next;
    }

    public void Dispose() => signals.Dispose();

    private Task ScaleAsync(string id, int seen, ScalingDecision decision, CancellationToken cancellationToken) =>
        writer.ChangeAsync(id, known => known.Spec.Replicas != seen || known.Record.IsScalingPaused
            ? null // Somebody else asked meanwhile: the next look sees what.
            : (known.Record with { UpdatedAt = time.GetUtcNow() }, known.Spec with { Replicas = decision.Replicas },
                $"scale from {seen} to {decision.Replicas}, by the autoscaler: {string.Join("; ", decision.Reasons.Select(reason => reason.Text))}"), cancellationToken);
}
