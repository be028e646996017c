using Boreal.Engine.Errors;
using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Containers;

/// <summary>Starts a container because a person asked for it.</summary>
public sealed class ContainerStarter
{
    private readonly ContainerRegistry _registry;
    private readonly ContainerSupervisor _supervisor;
    private readonly ContainerEraser _eraser;
    private readonly CgroupMoves _moves;

    internal ContainerStarter(ContainerRegistry registry, ContainerSupervisor supervisor, ContainerEraser eraser, CgroupMoves moves)
    {
        _moves = moves;
        _registry = registry;
        _supervisor = supervisor;
        _eraser = eraser;
    }

    /// <exception cref="EngineException">Conflict: paused or being removed. Otherwise why it can't start.</exception>
    public async Task<StartOutcome> StartAsync(Container container, CancellationToken cancellationToken)
    {
        _moves.Expect();
        using var claim = await container.ClaimAsync(cancellationToken);
        switch (container.Status.State)
        {
            case ContainerState.Running or ContainerState.Restarting:
                return StartOutcome.AlreadyRunning;
            case ContainerState.Paused:
                throw new EngineException(ErrorKind.Conflict, "cannot start a paused container, try unpause instead");
            case ContainerState.Removing or ContainerState.Dead:
                throw new EngineException(ErrorKind.Conflict, "container is marked for removal and cannot be started");
        }

        _registry.Update(container, container.Status with { ManuallyStopped = false, RestartCount = 0 });
        container.Life.RestartDelay = TimeSpan.Zero;
        try
        {
            // A client that hangs up does not stop a start: Docker's scripts rely on it.
            await _supervisor.RunAsync(container, CancellationToken.None);
        }
        catch when (container.Spec.AutoRemove)
        {
            await _eraser.EraseAsync(container);
            throw;
        }

        return StartOutcome.Started;
    }
}
