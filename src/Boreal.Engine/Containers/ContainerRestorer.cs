using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Health;
using Boreal.Engine.Networks;
using Boreal.Engine.Shims;
using Boreal.Engine.Volumes;
using Boreal.Linux.Processes;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Containers;

/// <summary>
/// Daemon start: (1) find the living shims, (2) take over their networks and drop what belongs to nobody,
/// (3) bring every container's record up to what is true, going on with what a killed daemon had begun.
/// </summary>
public sealed partial class ContainerRestorer
{
    private readonly ContainerRegistry _registry;
    private readonly ContainerShims _shims;
    private readonly ContainerEnvironment _environment;
    private readonly ContainerSupervisor _supervisor;
    private readonly ContainerFinisher _finisher;
    private readonly ContainerEraser _eraser;
    private readonly ILogger<ContainerRestorer> _logger;

    internal ContainerRestorer(
        ContainerRegistry registry, ContainerShims shims, ContainerEnvironment environment, ContainerSupervisor supervisor,
        ContainerFinisher finisher, ContainerEraser eraser, ILogger<ContainerRestorer> logger)
    {
        (_registry, _shims, _environment, _supervisor) = (registry, shims, environment, supervisor);
        (_finisher, _eraser, _logger) = (finisher, eraser, logger);
    }

    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        var containers = _registry.List();
        var shims = await Task.WhenAll(containers.Select(container => _shims.ReconnectAsync(container.Id, cancellationToken)));   // (1)
        var found = containers.Zip(shims).ToList();

        await _environment.TakeOverAsync([.. found.SelectMany(pair => LivingNetwork(pair.First, pair.Second))], cancellationToken);   // (2)
        _environment.TakeOverVolumes(containers.Select(container => container.Spec), LivingIds(found));
        await RemoveStraysAsync(cancellationToken);

        foreach (var (container, shim) in found)                                                                       // (3)
        {
            using var claim = await container.ClaimAsync(cancellationToken);
            try
            {
                await SettleAsync(container, shim);
            }
            catch (Exception exception)
            {
                Log.NotRestored(_logger, container.Id.Short, exception);
            }
        }

        Log.Restored(_logger, found.Count, found.Count(pair => pair.Second is not null));
    }

    private static IEnumerable<(SandboxRequest, NetworkStatus)> LivingNetwork(Container container, Shim? shim) =>
        shim?.Running is not null && container.Status.Network is { } network ? [(SandboxRequest.Of(container.Spec) with { IsPaused = container.Status.State is ContainerState.Paused }, network)] : [];

    private static HashSet<ContainerId> LivingIds(IEnumerable<(Container Container, Shim? Shim)> found) =>
        [.. found.Where(pair => pair.Shim?.Running is not null).Select(pair => pair.Container.Id)];

    private async Task SettleAsync(Container container, Shim? shim)
    {
        if (shim?.Running is { } process)
        {
            Adopt(container, shim, process);
            return;
        }

        if (shim is not null)
            await shim.ReleaseAsync(CancellationToken.None);
        // Recorded as running, or killed between the process's birth and that record.
        if (container.Status.HasProcess || container.Status.Network is not null)
            await _finisher.FinishUnseenAsync(container, _shims.RecordedExit(container.Id));
        await _environment.ReleaseAsync(container.Spec);

        var status = container.Status;
        if (status.State is ContainerState.Removing or ContainerState.Dead || (container.Spec.AutoRemove && status.State is ContainerState.Exited))
            await _eraser.EraseAsync(container);
        else if (status.State is ContainerState.Restarting || RestartPolicy.AppliesAtBoot(container.Spec.Restart, status))
            Resume(container, status);
    }

    private void Adopt(Container container, Shim shim, StartedProcess process)
    {
        var status = container.Status;
        _registry.Update(container, status with
        {
            State = status.State is ContainerState.Paused ? ContainerState.Paused : ContainerState.Running,
            Pid = process.Pid,
            StartedAt = process.StartedAt,
            Health = status.Health ?? HealthMonitor.InitialStatus(container.Spec.Health),
        });
        _supervisor.Watch(container, shim);
    }

    private void Resume(Container container, ContainerStatus status)
    {
        _registry.Update(container, status with { State = ContainerState.Restarting });
        _supervisor.RestartLater(container, TimeSpan.Zero);
    }

    // Runs and root file systems that no container's record names: a create or a removal that was cut short.
    private async Task RemoveStraysAsync(CancellationToken cancellationToken)
    {
        var known = _registry.List().Select(container => container.Id).ToHashSet();
        var layers = _registry.List().SelectMany(container => ContainerVolumes.SnapshotsOf(container.Spec)).Concat(known).ToHashSet();
        foreach (var id in _environment.Runs().Where(id => !known.Contains(id)))
        {
            try
            {
                if (await _shims.ReconnectAsync(id, cancellationToken) is { } shim)
                    await EndAsync(shim, cancellationToken);
                await _environment.ReleaseStrayAsync(id);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.NotRestored(_logger, id.Short, exception);
            }
        }

        await _environment.RemoveStraysAsync(layers, cancellationToken);
    }

    private static async Task EndAsync(Shim shim, CancellationToken cancellationToken)
    {
        if (shim.Running is not null)
        {
            try
            {
                await shim.SignalAsync(Signals.Kill, cancellationToken);
            }
            catch (EngineException exception) when (exception.Kind is ErrorKind.Conflict)
            {
                // It has ended: the daemon before us was about to release it.
            }

            await shim.Exited.WaitAsync(cancellationToken);
        }

        await shim.ReleaseAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Information, "found {Containers} containers, {Running} of them running")]
        public static partial void Restored(ILogger logger, int containers, int running);

        [LoggerMessage(1502, LogLevel.Error, "could not bring container {Container} up to date; inspect it and remove it if it is of no use")]
        public static partial void NotRestored(ILogger logger, string container, Exception exception);
    }
}
