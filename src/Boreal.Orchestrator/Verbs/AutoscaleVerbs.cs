using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Scaling;
using Boreal.Orchestrator.Scaling.Settings;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Specs;

namespace Boreal.Orchestrator.Verbs;

/// <summary>What people do with the autoscaler of a service.</summary>
public sealed class AutoscaleVerbs
{
    private readonly ServiceWriter _writer;
    private readonly ServiceScaler _scaler;
    private readonly TimeProvider _time;

    internal AutoscaleVerbs(ServiceWriter writer, ServiceScaler scaler, TimeProvider time) => (_writer, _scaler, _time) = (writer, scaler, time);

    public AutoscaleReport Show(string app, string service)
    {
        var known = _writer.Require(ServiceKeys.Id(app, service));
        var look = _scaler.LastLook(known.Id);
        return new AutoscaleReport
        {
            Settings = known.Spec.Autoscale,
            Paused = known.Record.IsScalingPaused,
            Replicas = known.Spec.Replicas,
            LookedAt = look?.At,
            Reasons = look is null ? [] : [.. look.Reasons.Select(reason => reason.Text)],
        };
    }

    /// <summary>Settings as <c>x-autoscale</c> has them; null: the service scales no longer by itself.</summary>
    public Task SetAsync(string app, string service, JsonElement? settings, CancellationToken cancellationToken) =>
        _writer.ChangeAsync(ServiceKeys.Id(app, service), known =>
        {
            var spec = known.Spec with { Autoscale = settings };
            SpecRules.Check(app, spec);
            return (known.Record with { UpdatedAt = _time.GetUtcNow(), IsScalingPaused = false }, spec, settings is null ? "autoscale removed by hand" : "autoscale set by hand");
        }, cancellationToken);

    public Task PauseAsync(string app, string service, CancellationToken cancellationToken) => SetPausedAsync(app, service, true, cancellationToken);

    public Task ResumeAsync(string app, string service, CancellationToken cancellationToken) => SetPausedAsync(app, service, false, cancellationToken);

    /// <summary>Whether the autoscaler of a service may not choose this number.</summary>
    internal static bool Forbids(ServiceSpec spec, int replicas) =>
        spec.Autoscale is { } written && AutoscaleReader.Read(written) is var settings && (replicas < settings.Min || replicas > settings.Max);

    /// <summary>A spec that is asked for again does not undo what the autoscaler has decided: its replicas are only where a service begins.</summary>
    internal static ServiceSpec Kept(ServiceSpec spec, ServiceView? known)
    {
        if (spec.Autoscale is not { } written || known?.Spec.Autoscale is null)
            return spec;
        var settings = AutoscaleReader.Read(written);
        return spec with { Replicas = Math.Clamp(known.Spec.Replicas, settings.Min, settings.Max) };
    }

    private Task SetPausedAsync(string app, string service, bool isPaused, CancellationToken cancellationToken) =>
        _writer.ChangeAsync(ServiceKeys.Id(app, service), known =>
        {
            if (known.Spec.Autoscale is null)
                throw new AppException(AppErrorKind.Conflict, $"service {service} does not scale by itself: 'boreal autoscale set' makes it");
            return known.Record.IsScalingPaused == isPaused
                ? null
                : (known.Record with { UpdatedAt = _time.GetUtcNow(), IsScalingPaused = isPaused }, known.Spec, isPaused ? "autoscale paused by hand" : "autoscale resumed by hand");
        }, cancellationToken);
}
