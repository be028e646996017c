using Boreal.Engine.Errors;
using Boreal.Engine.Networks;

namespace Boreal.Engine.Containers;

/// <summary>Gives a container another name.</summary>
public sealed class ContainerRenamer(ContainerRegistry registry, NetworkSandboxes sandboxes, ContainerEvents events)
{
    /// <exception cref="EngineException">Invalid: the same name. Conflict: the name is taken.</exception>
    public async Task RenameAsync(Container container, string name, CancellationToken cancellationToken)
    {
        using var claim = await container.ClaimAsync(cancellationToken);
        var old = container.Spec.Name;
        if (old == name)
            throw new EngineException(ErrorKind.Invalid, "Renaming a container with the same name as its current name");
        using var reservation = registry.ReserveName(name, container.Id);
        registry.Update(container, container.Spec with { Name = name });
        if (container.Status is { HasProcess: true, Network: { } network })
            sandboxes.Rename(SandboxRequest.Of(container.Spec), network);
        events.Publish(container, "rename", ("oldName", "/" + old));
    }
}
