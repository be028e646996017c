using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Engine.Images;

/// <summary>An image this engine holds, as it was when asked for. Immutable: tagging makes a new one.</summary>
public sealed record Image
{
    public required ImageId Id { get; init; }

    public required ImageConfig Config { get; init; }

    /// <summary>The configuration document byte for byte; its digest is <see cref="Id"/>.</summary>
    public required ReadOnlyMemory<byte> ConfigBytes { get; init; }

    /// <summary>Familiar names (<c>busybox:latest</c>), sorted; empty for a dangling image.</summary>
    public required IReadOnlyList<string> RepoTags { get; init; }

    /// <summary>Familiar names with digests, sorted.</summary>
    public IReadOnlyList<string> RepoDigests { get; init; } = [];

    /// <summary>Bytes of all files in all layers.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? LastTagged { get; init; }

    /// <summary>The image this one was committed or built from, where it is still known.</summary>
    public ImageId? Parent { get; init; }

    /// <summary>Diff ids, bottom layer first.</summary>
    public IReadOnlyList<Digest> LayerChain => Config.RootFs?.DiffIds ?? [];
}
