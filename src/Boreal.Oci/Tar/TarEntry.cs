namespace Boreal.Oci.Tar;

/// <summary>One entry with long names, large numbers and extended attributes resolved. Names are bytes, as on disk.</summary>
public sealed record TarEntry
{
    public required ReadOnlyMemory<byte> Name { get; init; }

    public required TarKind Kind { get; init; }

    /// <summary>Permission bits with set-id and sticky.</summary>
    public uint Permissions { get; init; }

    public long Uid { get; init; }

    public long Gid { get; init; }

    /// <summary>Bytes of payload that follow.</summary>
    public long Size { get; init; }

    public TarTime Modified { get; init; }

    public TarTime? Accessed { get; init; }

    /// <summary>Target of a symbolic or hard link.</summary>
    public ReadOnlyMemory<byte> LinkName { get; init; }

    public uint DeviceMajor { get; init; }

    public uint DeviceMinor { get; init; }

    public IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> ExtendedAttributes { get; init; } = [];
}
