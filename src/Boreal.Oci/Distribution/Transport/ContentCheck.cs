using Boreal.Oci.Content;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Whether bytes are what a digest names.</summary>
internal static class ContentCheck
{
    public static bool Matches(Digest digest, ReadOnlySpan<byte> content) => Digest.Of(digest.Algorithm, content) == digest;

    public static DistributionException Mismatch(Digest digest) =>
        new(DistributionErrorKind.DigestMismatch, $"filesystem layer verification failed for digest {digest}");
}
