namespace Boreal.Registry;

/// <summary>What a registry is told when it starts.</summary>
public sealed record RegistryOptions
{
    /// <summary>The folder that holds repositories, blobs and uploads.</summary>
    public required string DataRoot { get; init; }

    /// <summary>Whether tags, manifests and blobs can be deleted.</summary>
    public bool AllowDelete { get; init; } = true;

    /// <summary>Whether an index may name manifests that its repository lacks.</summary>
    public bool AllowSparseIndexes { get; init; }

    /// <summary>Bytes a manifest may have.</summary>
    public int LargestManifest { get; init; } = 4 << 20;

    /// <summary>Layers, or manifests of an index, that one manifest may name.</summary>
    public int MostReferences { get; init; } = 4096;

    /// <summary>Bytes a blob may have; null is what the disk holds.</summary>
    public long? LargestBlob { get; init; }

    /// <summary>Uploads that may be open at once.</summary>
    public int MostUploads { get; init; } = 4096;

    /// <summary>How long an upload may rest between two requests.</summary>
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long a client may send nothing in the middle of a request.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long content that nothing names is left alone: its manifest may be on the way.</summary>
    public TimeSpan CollectionGrace { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often garbage is collected; null is only when asked.</summary>
    public TimeSpan? CollectionInterval { get; init; } = TimeSpan.FromHours(24);
}
