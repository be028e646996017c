using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>What copies get other than what they are copies of.</summary>
internal sealed record CopyRules
{
    /// <summary>None keeps the owner.</summary>
    public (uint Uid, uint Gid)? Owner { get; init; }

    /// <summary>Permissions of every file and folder; none keeps them.</summary>
    public uint? Mode { get; init; }

    public ModeChange? ModeChange { get; init; }

    /// <summary>The time of folders that are made on the way; none for now.</summary>
    public FileTime? Time { get; init; }

    public uint ModeOf(in FileStatus status)
    {
        var mode = Mode ?? status.Permissions;
        return ModeChange is { } change ? change.Apply(mode, status.IsDirectory) : mode;
    }
}
