namespace Boreal.Linux.Syscalls;

/// <summary>Flags of umount2(2).</summary>
[Flags]
public enum UnmountFlags
{
    None = 0,
    Force = 1,

    /// <summary>Lazy: gone from the tree at once, cleaned up when its last user ends.</summary>
    Detach = 2,
    Expire = 4,
    NoFollow = 8,
}
