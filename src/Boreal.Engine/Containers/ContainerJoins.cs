using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
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
