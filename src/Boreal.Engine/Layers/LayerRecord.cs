using Boreal.Oci.Content;

namespace Boreal.Engine.Layers;

/// <summary>A layer on disk, as remembered. Its folder is named by the number: overlayfs' option string is short on space.</summary>
internal sealed record LayerRecord
{
    public required Digest DiffId { get; init; }

    public required long Number { get; init; }

    public required long Size { get; init; }

    public required long TarSize { get; init; }

    /// <summary>
    /// The boot in which the layer was written but not yet known to be on disk; null once it is. A layer still marked
    /// with another boot lived through a power loss and is checked before use.
    /// </summary>
    public string? UnsyncedBoot { get; init; }
}
