using System.Globalization;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Engine.Runtime;
using Boreal.Linux.Processes;

namespace Boreal.Engine.Containers;

/// <summary>Sends signals to a container's main process.</summary>
public sealed class ContainerKiller(ContainerRegistry registry, Cgroups cgroups, NetworkSandboxes networks, ContainerEvents events)
{
    /// <summary>Sends one signal; for SIGKILL waits until the container has ended.</summary>
    /// <exception cref="EngineException">Conflict: it is not running.</exception>
    public async Task KillAsync(Container container, int signal, CancellationToken cancellationToken)
    {
        var exited = container.Life.RunEnded;
        var status = container.Status;
        if (!status.HasProcess)
            throw new EngineException(ErrorKind.Conflict, $"cannot kill container: {container.Id}: container {container.Id} is not running");
        if (EndsContainer(container, signal))
            await MarkStoppedAsync(container, cancellationToken);
        // Before the signal: what arrives between the end of the process and the end of its network would be refused.
        if (signal == Signals.Kill)
            networks.Withdraw(container.Id, isWithdrawn: true);
        await SignalAsync(container, signal, cancellationToken);
        if (signal == Signals.Kill)
            await exited.WaitAsync(cancellationToken);
    }

    /// <summary>A person wants it to stay down: its restart policy rests until the next start.</summary>
    internal async Task MarkStoppedAsync(Container container, CancellationToken cancellationToken)
    {
        using var claim = await container.ClaimAsync(cancellationToken);
        if (!container.Status.ManuallyStopped)
            registry.Update(container, container.Status with { ManuallyStopped = true });
    }

    /// <summary>Announces and sends. A process that ended a moment ago is no error.</summary>
    internal async Task SignalAsync(Container container, int signal, CancellationToken cancellationToken)
    {
        // First told, then sent: the end it brings must not be told before it.
        events.Publish(container, "kill", ("signal", signal.ToString(CultureInfo.InvariantCulture)));
        try
        {
            if (container.Life.Shim is { } shim)
                await shim.SignalAsync(signal, cancellationToken);
        }
        catch (EngineException gone) when (gone.Kind is ErrorKind.Conflict)
        {
            // Its end is on the way to us.
        }

        // A frozen process can't act on a signal, not even on SIGKILL under cgroup v1.
        if (container.Status.State is ContainerState.Paused)
            await ThawAsync(container, cancellationToken);
    }

    private async Task ThawAsync(Container container, CancellationToken cancellationToken)
    {
        using var claim = await container.ClaimAsync(cancellationToken);
        if (container.Status.State is not ContainerState.Paused)
            return;
        await cgroups.Of(container.Id, container.Spec.Resources).ResumeAsync(cancellationToken);
        registry.Update(container, container.Status with { State = ContainerState.Running });
        events.Publish(container, "unpause");
    }

    // Docker cancels the policy on any signal; only one that is meant to end the container should.
    private static bool EndsContainer(Container container, int signal) =>
        signal is Signals.Kill or Signals.Terminate or Signals.Interrupt or Signals.Quit
        || signal == StopSignal.Of(container.Spec);
}
