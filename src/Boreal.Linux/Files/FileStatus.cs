namespace Boreal.Linux.Files;

/// <summary>What statx(2) says about a file.</summary>
public readonly record struct FileStatus
{
    private const uint KindMask = 0xF000;

    /// <summary>Type and permission bits, as st_mode.</summary>
    public required uint Mode { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    public required long Size { get; init; }

    public required FileTime Modified { get; init; }

    public required ulong Inode { get; init; }

    public required uint Links { get; init; }

    /// <summary>The device node's own numbers.</summary>
    public required uint DeviceMajor { get; init; }

    public required uint DeviceMinor { get; init; }

    /// <summary>The file system the file is on.</summary>
    public required ulong FileSystem { get; init; }

    public FileKind Kind => (FileKind)(Mode & KindMask);

    /// <summary>Permission bits with set-id and sticky.</summary>
    public uint Permissions => Mode & 0xFFF;

    public bool IsDirectory => Kind is FileKind.Directory;

    public bool IsRegular => Kind is FileKind.Regular;

    public bool IsSymbolicLink => Kind is FileKind.SymbolicLink;
}
