namespace Boreal.Oci.Distribution;

/// <summary>The end of an upload; a mounted blob came from <paramref name="MountedFrom"/>, a repository of the same registry.</summary>
public sealed record BlobUploadResult(BlobUploadOutcome Outcome, string? MountedFrom = null);
