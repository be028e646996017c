namespace Boreal.Linux.Files;

/// <summary>How openat2(2) may walk a path.</summary>
[Flags]
public enum ResolveFlags
{
    None = 0,

    /// <summary>No crossing into another mount.</summary>
    NoMounts = 1,
    NoMagicLinks = 2,
    NoSymlinks = 4,

    /// <summary>The walk must stay below the directory; leaving it is EXDEV.</summary>
    Beneath = 8,

    /// <summary>The directory is the root of the walk: absolute links and <c>..</c> end there, as in a chroot.</summary>
    InRoot = 16,
}
