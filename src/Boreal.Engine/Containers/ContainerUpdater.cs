using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime;

namespace Boreal.Engine.Containers;

/// <summary>Changes limits and restart policy of a container, running or not.</summary>
public sealed class ContainerUpdater(ContainerRegistry registry, Cgroups cgroups, ContainerEvents events)
{
    /// <param name="container">The container.</param>
    /// <param name="change">The new limits, made from the ones it has.</param>
    /// <param name="restart">The new policy; null keeps what is.</param>
    /// <param name="cancellationToken">Ends the wait for the container.</param>
    public async Task UpdateAsync(Container container, Func<ResourceSpec, ResourceSpec> change, RestartSpec? restart, CancellationToken cancellationToken)
    {
        using var claim = await container.ClaimAsync(cancellationToken);
        if (container.Status.State is ContainerState.Removing or ContainerState.Dead)
            throw new EngineException(ErrorKind.Conflict, $"Cannot update container {container.Id}: Container is marked for removal and cannot be \"update\".");
        if (restart is { Policy: not ("" or "no") } && container.Spec.AutoRemove)
            throw new EngineException(ErrorKind.Invalid, "Restart policy cannot be updated because AutoRemove is enabled for the container");
        var resources = change(container.Spec.Resources);
        if (container.Status.HasProcess)
            cgroups.Of(container.Id, container.Spec.Resources).Update(resources);
        registry.Update(container, container.Spec with { Resources = resources, Restart = restart ?? container.Spec.Restart });
        events.Publish(container, "update");
    }
}
