namespace Boreal.Registry.Blobs;

/// <summary>The hashes content may be named by.</summary>
internal enum DigestAlgorithm
{
    Sha256,
    Sha512,
}
