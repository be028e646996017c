using System.Text.Json.Serialization;

namespace Boreal.Engine.Containers.Spec;

/// <summary>A mount resolved at create: what inspect lists under Mounts and the runtime performs.</summary>
public sealed record MountPoint
{
    /// <summary><c>bind</c>, <c>volume</c>, <c>image</c> or <c>tmpfs</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Name of the volume, before it is made empty for an anonymous one; the image as the client named it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Driver of the volume.</summary>
    public string Driver { get; init; } = "";

    /// <summary>Host path of a bind, volume or image; empty for tmpfs.</summary>
    public string Source { get; init; } = "";

    /// <summary>The part of the volume or image to mount; empty for all of it.</summary>
    public string Subpath { get; init; } = "";

    /// <summary>Nobody named the volume: it goes with its last container.</summary>
    public bool Anonymous { get; init; }

    /// <summary>The image's content at the destination is copied into an empty volume.</summary>
    public bool Copy { get; init; }

    /// <summary>The path comes from the image or the client's list of volumes, not from a mount.</summary>
    public bool Declared { get; init; }

    /// <summary>The layers of a mounted image, kept under an id of their own.</summary>
    public ContainerId? Snapshot { get; init; }

    /// <summary>What to make of a volume that does not exist; known only while the container is created.</summary>
    [JsonIgnore]
    public VolumeAsked? Asked { get; init; }

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
