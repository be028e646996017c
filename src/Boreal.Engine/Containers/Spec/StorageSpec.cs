namespace Boreal.Engine.Containers.Spec;

/// <summary>The container's file system beside its image.</summary>
public sealed record StorageSpec
{
    public bool ReadonlyRootfs { get; init; }

    /// <summary>Docker's <c>-v</c> strings as sent, echoed by inspect.</summary>
    public IReadOnlyList<string>? Binds { get; init; }

    /// <summary>Docker's <c>--mount</c> entries as sent, echoed by inspect.</summary>
    public IReadOnlyList<MountSpec>? Mounts { get; init; }

    /// <summary>Path to mount options, as <c>--tmpfs</c> sends it.</summary>
    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    /// <summary>Bytes of /dev/shm.</summary>
    public long ShmSize { get; init; } = 64 << 20;

    /// <summary>Paths the image declares as volumes.</summary>
    public IReadOnlyList<string>? DeclaredVolumes { get; init; }

    public IReadOnlyList<string>? VolumesFrom { get; init; }

    /// <summary>Driver of the volumes that <c>-v</c> makes; empty for the default.</summary>
    public string VolumeDriver { get; init; } = "";

    public IReadOnlyDictionary<string, string>? StorageOptions { get; init; }

    /// <summary>Everything to be mounted, resolved at create, sorted by destination.</summary>
    public IReadOnlyList<MountPoint> MountPoints { get; init; } = [];
}
