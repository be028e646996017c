using Boreal.Linux.Descriptors;

namespace Boreal.Engine.Trees;

/// <summary>How an archive is laid over a tree.</summary>
internal sealed record TreeRules
{
    /// <summary>Gets rid of something in the way: the folder, the name in it, the path from the root.</summary>
    public required Action<FileDescriptor, string, string> Discard { get; init; }

    /// <summary>Told before a file's payload is read: the path it really lands at, links in the way resolved, and its length.</summary>
    public Action<string, long>? PayloadAt { get; init; }

    /// <summary>A layer: <c>.wh.</c> entries become overlayfs whiteouts and opaque folders instead of files.</summary>
    public bool Whiteouts { get; init; }

    /// <summary>A directory must not replace a file, nor a file a directory.</summary>
    public bool KeepKinds { get; init; }

    /// <summary>The folder below the root, all links resolved, that the archive is laid into.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>A tree of the same archive's earlier state, of which nothing is needed any more: files that are the same are taken over.</summary>
    public FileDescriptor? Before { get; init; }

    /// <summary>Told the SHA-256 of each file that was not taken over, while it is open.</summary>
    public Action<FileDescriptor, byte[]>? Hashed { get; init; }

    /// <summary>Owner of everything, in place of what the archive says.</summary>
    public (uint Uid, uint Gid)? Owner { get; init; }
}
