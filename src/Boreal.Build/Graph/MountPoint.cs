namespace Boreal.Build.Graph;

/// <summary>Something mounted while a program runs.</summary>
public sealed record MountPoint
{
    public required MountKind Kind { get; init; }

    /// <summary>Absolute; empty for a socket or secret whose place the solver chooses.</summary>
    public required string Target { get; init; }

    /// <summary>Another tree to bind, or to fill a new cache with; none for an empty one.</summary>
    public Operation? Source { get; init; }

    /// <summary>The part of the source, absolute within it.</summary>
    public string SourcePath { get; init; } = "/";

    public bool IsReadOnly { get; init; }

    /// <summary>Of a cache, a secret or an agent. Not a path: it may be any text.</summary>
    public string Id { get; init; } = "";

    public CacheSharing Sharing { get; init; }

    /// <summary>Of a tmpfs, in bytes; 0 for no limit.</summary>
    public long Size { get; init; }

    /// <summary>A secret or agent that the client may not have.</summary>
    public bool IsOptional { get; init; }

    public long UserId { get; init; }

    public long GroupId { get; init; }

    /// <summary>Of a secret's file or an agent's socket.</summary>
    public int Mode { get; init; }

    internal void Write(CanonicalWriter writer) => writer
        .Write((long)Kind).Write(Target).Write(SourcePath).Write(IsReadOnly).Write(Id).Write((long)Sharing).Write(Size).Write(IsOptional)
        .Write(UserId).Write(GroupId).Write((long)Mode);
}
