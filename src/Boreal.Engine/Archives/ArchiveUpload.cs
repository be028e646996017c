namespace Boreal.Engine.Archives;

/// <summary>How a tar is laid into a container.</summary>
public sealed record ArchiveUpload
{
    /// <summary>An existing directory in the container.</summary>
    public required string Path { get; init; }

    /// <summary>A directory must not replace a file, nor a file a directory.</summary>
    public bool NoOverwriteDirNonDir { get; init; }

    /// <summary>Everything belongs to the container's user.</summary>
    public bool CopyUidGid { get; init; }
}
