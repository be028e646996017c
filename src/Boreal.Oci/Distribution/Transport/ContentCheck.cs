using System.Security.Cryptography;
using Boreal.Oci.Content;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Whether bytes are what a digest names.</summary>
internal static class ContentCheck
{
    public static bool Matches(Digest digest, ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        var length = digest.Algorithm == "sha512" ? SHA512.HashData(content, hash) : SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash[..length]) == digest.Hex;
    }

    public static DistributionException Mismatch(Digest digest) =>
        new(DistributionErrorKind.DigestMismatch, $"filesystem layer verification failed for digest {digest}");
}
