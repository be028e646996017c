using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Engine.State;

namespace Boreal.Engine.Containers;

/// <summary>Resolves modes <c>container:ID</c> to namespaces of running containers.</summary>
internal sealed class ContainerJoins(ContainerRegistry registry, NodePaths paths)
{
    /// <exception cref="EngineException">The other container is missing, not running, or does not share.</exception>
    public ContainerJoin Resolve(ContainerSpec spec)
    {
        var join = ContainerJoin.None;
        if (Target(spec.Network.Mode) is { } network)
        {
            var other = Running(network, $"cannot join network of a non running container: {network}");
            join = join with { NetworkNamespacePath = other.Status.Network?.SandboxPath, FilesDirectory = paths.Container(other.Id), Hostname = other.Spec.Process.Hostname };
        }

        else if (spec.Network.Links is { Count: > 0 } links && spec.Network.Networks.Any(endpoint => endpoint.Network == PredefinedNetworks.Bridge))
        {
            join = join with { Links = [.. links.Select(Linked)] };
        }

        if (Target(spec.Namespaces.Ipc) is { } ipc)
        {
            var other = Running(ipc, $"failed to join IPC namespace: container {ipc} is not running");
            if (other.Spec.Namespaces.Ipc is "private" or "none")
                throw new EngineException(ErrorKind.Invalid, $"failed to join IPC namespace: container {other.Id}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)");
            join = join with { IpcPid = other.Status.Pid, SharedMemoryPath = ContainerFiles.SharedMemoryPath(other.Spec, paths) };
        }

        if (Target(spec.Namespaces.Pid) is { } pid)
            join = join with { PidPid = Running(pid, $"failed to join PID namespace: container {pid} is not running").Status.Pid };
        return join;
    }

    /// <summary>From Docker's <c>/other:/me/alias</c>.</summary>
    private ContainerLink Linked(string link)
    {
        var colon = link.IndexOf(':', StringComparison.Ordinal);
        var (reference, alias) = (link[..colon].TrimStart('/'), link[(link.LastIndexOf('/') + 1)..]);
        var other = registry.Find(reference);
        if (!other.Status.HasProcess)
            throw new EngineException(ErrorKind.Internal, $"Cannot link to a non running container: /{other.Spec.Name} AS {link[(colon + 1)..]}");
        var bridge = other.Status.Network?.Bridge
            ?? throw new EngineException(ErrorKind.Internal, $"Cannot link to {reference}, as it does not belong to the default network");
        return new ContainerLink(alias, other.Spec, bridge.Address, bridge.Address6);
    }

    private static string? Target(string mode) =>
        mode.StartsWith("container:", StringComparison.Ordinal) ? mode["container:".Length..] : null;

    private Container Running(string reference, string otherwise)
    {
        var container = registry.Find(reference);
        if (container.Status.State is ContainerState.Restarting)
            throw new EngineException(ErrorKind.Conflict, $"Container {container.Id} is restarting, wait until the container is running");
        return container.Status.HasProcess ? container : throw new EngineException(ErrorKind.Conflict, otherwise);
    }
}
