namespace Boreal.Oci.Distribution;

/// <summary>What may spare an upload, and who wants to know how it goes.</summary>
public sealed record BlobUploadOptions
{
    /// <summary>Repositories of the same registry (paths without the domain) that may have the blob, best first.</summary>
    public IReadOnlyList<string> MountFrom { get; init; } = [];

    /// <summary>Told the bytes that are on their way, from the blob's start; smaller than before after a cut.</summary>
    public IProgress<long>? Progress { get; init; }
}
