using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Runtime;

/// <summary>The host side of /dev/shm for containers whose IPC namespace others may join.</summary>
public static class SharedMemory
{
    /// <summary>True if the mode needs a tmpfs of its own on the host.</summary>
    public static bool IsNeeded(NamespaceSpec namespaces) => namespaces.Ipc is "shareable";
}
