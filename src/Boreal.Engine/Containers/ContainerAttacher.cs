using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Shims;

namespace Boreal.Engine.Containers;

/// <summary>Connects a client to a container's standard streams, before its start or while it runs.</summary>
public sealed class ContainerAttacher
{
    private readonly ContainerShims _shims;

    internal ContainerAttacher(ContainerShims shims) => _shims = shims;

    /// <summary>
    /// Reads give Docker's frames (raw bytes with a tty), writes are stdin. A container that has not started yet
    /// gets its shim now, so that nothing of the run is missed.
    /// </summary>
    /// <exception cref="EngineException">Conflict: paused, restarting or being removed.</exception>
    public async Task<ShimStream> AttachAsync(Container container, ShimAttach streams, CancellationToken cancellationToken)
    {
        using var claim = await container.ClaimAsync(cancellationToken);
        switch (container.Status.State)
        {
            case ContainerState.Paused:
                throw new EngineException(ErrorKind.Conflict, $"container {container.Id} is paused, unpause the container before attach");
            case ContainerState.Restarting:
                throw new EngineException(ErrorKind.Conflict, $"container {container.Id} is restarting, wait until the container is running before attach");
            case ContainerState.Removing or ContainerState.Dead:
                throw new EngineException(ErrorKind.Conflict, $"container {container.Id} is marked for removal and cannot be attached to");
        }

        var shim = await _shims.GetAsync(container, cancellationToken);
        return await shim.AttachAsync(streams, cancellationToken);
    }

    /// <exception cref="EngineException">Conflict: not running.</exception>
    public static Task ResizeAsync(Container container, ConsoleSize size, CancellationToken cancellationToken) =>
        container.Status.HasProcess && container.Life.Shim is { } shim
            ? shim.ResizeAsync(size, cancellationToken)
            : throw new EngineException(ErrorKind.Conflict, $"Container {container.Id} is not running");
}
