namespace Boreal.Linux.Namespaces;

/// <summary>Namespace kinds as unshare(2) and setns(2) take them.</summary>
[Flags]
public enum NamespaceKinds
{
    None = 0,

    /// <summary>Not a namespace: root, working directory and umask of the thread's own; mount namespaces need it.</summary>
    FileSystem = 0x200,
    Mount = 0x20000,
    Cgroup = 0x2000000,
    HostName = 0x4000000,
    Ipc = 0x8000000,
    User = 0x10000000,
    Pid = 0x20000000,
    Network = 0x40000000,
}
