using System.Security.Cryptography;
using Boreal.Oci.Content;

namespace Boreal.Registry.Blobs;

/// <summary>A digest in the making.</summary>
internal sealed class ContentHash(DigestAlgorithm algorithm) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(
        algorithm is DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);

    public DigestAlgorithm Algorithm => algorithm;

    public static DigestAlgorithm AlgorithmOf(Digest digest) =>
        digest.Algorithm == "sha512" ? DigestAlgorithm.Sha512 : DigestAlgorithm.Sha256;

    /// <summary>The digest of content that is in memory.</summary>
    public static Digest Of(DigestAlgorithm algorithm, ReadOnlySpan<byte> content) =>
        Named(algorithm, algorithm is DigestAlgorithm.Sha512 ? SHA512.HashData(content) : SHA256.HashData(content));

    /// <summary>Bytes that were appended.</summary>
    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> content)
    {
        _hash.AppendData(content);
        Length += content.Length;
    }

    /// <summary>The digest of what was appended so far; more may follow.</summary>
    public Digest Current() => Named(algorithm, _hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    private static Digest Named(DigestAlgorithm algorithm, ReadOnlySpan<byte> hash) =>
        Digest.Parse($"{(algorithm is DigestAlgorithm.Sha512 ? "sha512" : "sha256")}:{Convert.ToHexStringLower(hash)}");
}
