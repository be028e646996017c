using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Engine.Runtime;

namespace Boreal.Engine.Containers;

/// <summary>Freezes and thaws all processes of a container.</summary>
public sealed class ContainerPauser(ContainerRegistry registry, Cgroups cgroups, NetworkSandboxes networks, ContainerEvents events)
{
    /// <exception cref="EngineException">Conflict: not running, or paused already.</exception>
    public async Task PauseAsync(Container container, CancellationToken cancellationToken)
    {
        using var claim = await container.ClaimAsync(cancellationToken);
        var id = container.Id;
        switch (container.Status.State)
        {
            case ContainerState.Paused:
                throw new EngineException(ErrorKind.Conflict, $"Container {id} is already paused");
            case ContainerState.Restarting:
                throw new EngineException(ErrorKind.Conflict, $"Container {id} is restarting, wait until the container is running");
            case not ContainerState.Running:
                throw new EngineException(ErrorKind.Conflict, $"container {id} is not running");
        }

        networks.Withdraw(id, isWithdrawn: true);
        await cgroups.Of(id, container.Spec.Resources).PauseAsync(cancellationToken);
        registry.Update(container, container.Status with { State = ContainerState.Paused });
        events.Publish(container, "pause");
    }

    /// <exception cref="EngineException">Internal, as Docker has it: not paused.</exception>
    public async Task UnpauseAsync(Container container, CancellationToken cancellationToken)
    {
        using var claim = await container.ClaimAsync(cancellationToken);
        if (container.Status.State is not ContainerState.Paused)
            throw new EngineException(ErrorKind.Internal, $"Container {container.Id} is not paused");
        await cgroups.Of(container.Id, container.Spec.Resources).ResumeAsync(cancellationToken);
        registry.Update(container, container.Status with { State = ContainerState.Running });
        networks.Withdraw(container.Id, isWithdrawn: false);
        events.Publish(container, "unpause");
    }
}
