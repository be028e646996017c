namespace Boreal.Linux.Cgroups;

/// <summary>How control groups are mounted, see cgroups(7).</summary>
public enum CgroupVersion
{
    /// <summary>One hierarchy per controller.</summary>
    V1,

    /// <summary>Version 1 hierarchies that hold the limits, with an additional unified tree.</summary>
    Hybrid,

    /// <summary>The unified hierarchy alone.</summary>
    V2,
}
