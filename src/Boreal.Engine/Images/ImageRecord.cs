using Boreal.Oci.Content;

namespace Boreal.Engine.Images;

/// <summary>An image as remembered, by id.</summary>
internal sealed record ImageRecord
{
    /// <summary>The configuration document byte for byte.</summary>
    public required byte[] Config { get; init; }

    /// <summary>Full references, tags and digests.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Manifests it was pulled or pushed as, for its own platform; newest last. Their bytes are blobs.</summary>
    public IReadOnlyList<Digest> Manifests { get; init; } = [];

    public DateTimeOffset? LastTagged { get; init; }

    public string? Parent { get; init; }
}
