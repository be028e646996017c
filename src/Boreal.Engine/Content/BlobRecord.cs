using Boreal.Oci.Content;

namespace Boreal.Engine.Content;

/// <summary>A layer as registries hold it, compressed or not: whose content it is, and where it is known to lie.</summary>
internal sealed record BlobRecord
{
    public required Digest Digest { get; init; }

    public required long Size { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Digest of the uncompressed tar.</summary>
    public required Digest DiffId { get; init; }

    /// <summary>Repositories that had the blob when last asked, newest last.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>The boot in which the file was written but not known to be on disk; see the layers' own records.</summary>
    public string? UnsyncedBoot { get; init; }
}
