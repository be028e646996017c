namespace Boreal.Engine.Containers.Spec;

/// <summary>A mount resolved at create: what inspect lists under Mounts and the runtime performs.</summary>
public sealed record MountPoint
{
    /// <summary><c>bind</c> or <c>tmpfs</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Host path of a bind; empty for tmpfs.</summary>
    public string Source { get; init; } = "";

    /// <summary>Clean absolute path in the container.</summary>
    public required string Destination { get; init; }

    /// <summary>The mode field of <c>-v</c>, as sent: inspect echoes it.</summary>
    public string Mode { get; init; } = "";

    public bool Writable { get; init; } = true;

    /// <summary><c>rprivate</c>, <c>rshared</c>, <c>rslave</c>, ... ; empty for tmpfs.</summary>
    public string Propagation { get; init; } = "";

    public bool NonRecursive { get; init; }

    /// <summary>A read-only mount also makes its submounts read-only (API 1.44 and newer).</summary>
    public bool ReadOnlyRecursive { get; init; }

    /// <summary>Options of a tmpfs, as mount(8) takes them.</summary>
    public string TmpfsOptions { get; init; } = "";
}
