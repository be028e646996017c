using System.Security.Cryptography;

namespace Boreal.Oci.Content;

/// <summary>Hashes content that comes piece by piece.</summary>
public sealed class DigestHash : IDisposable
{
    private readonly string _algorithm;
    private readonly IncrementalHash _hash;

    /// <exception cref="NotSupportedException">Neither <c>sha256</c> nor <c>sha512</c>.</exception>
    public DigestHash(string algorithm)
    {
        _algorithm = algorithm;
        _hash = IncrementalHash.CreateHash(algorithm switch
        {
            "sha256" => HashAlgorithmName.SHA256,
            "sha512" => HashAlgorithmName.SHA512,
            _ => throw new NotSupportedException($"digests of {algorithm} are not supported, use sha256 or sha512"),
        });
    }

    public void Append(ReadOnlySpan<byte> content) => _hash.AppendData(content);

    /// <summary>The digest of everything appended; starts anew.</summary>
    public Digest Complete()
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        return Digest.FromHash(_algorithm, hash[.._hash.GetHashAndReset(hash)]);
    }

    public void Dispose() => _hash.Dispose();
}
