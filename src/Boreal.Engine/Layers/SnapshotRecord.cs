using Boreal.Oci.Content;

namespace Boreal.Engine.Layers;

/// <summary>A container's root file system as remembered: what lies below its writable layer.</summary>
internal sealed record SnapshotRecord
{
    public required string ImageId { get; init; }

    /// <summary>Bottom first.</summary>
    public required IReadOnlyList<Digest> Layers { get; init; }

    /// <summary>Number of the layer with the mount points a runtime needs; 0 for a tree no runtime starts in.</summary>
    public required long InitLayer { get; init; }
}
