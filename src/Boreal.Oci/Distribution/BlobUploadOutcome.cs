namespace Boreal.Oci.Distribution;

/// <summary>How a blob came to be in a repository.</summary>
public enum BlobUploadOutcome
{
    AlreadyThere,
    Mounted,
    Uploaded,
}
