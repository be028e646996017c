using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Boreal.Oci.Content;

/// <summary>A content digest, <c>algorithm:hex</c>. Only sha256 and sha512 are accepted, as by the image spec.</summary>
[JsonConverter(typeof(DigestJsonConverter))]
public readonly record struct Digest
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? _value;

    private Digest(string value) => _value = value;

    /// <summary>False for <c>default</c>, which names nothing.</summary>
    public bool HasValue => _value is not null;

    public string Value => _value ?? throw new InvalidOperationException("a Digest must be parsed or computed, not default");

    public string Algorithm => Value[..Value.IndexOf(':')];

    public string Hex => Value[(Value.IndexOf(':') + 1)..];

    /// <summary>First 12 hex digits: what tables show.</summary>
    public string Short => Hex[..12];

    public static Digest OfSha256(ReadOnlySpan<byte> content) => FromSha256(SHA256.HashData(content));

    public static Digest FromSha256(ReadOnlySpan<byte> hash) =>
        hash.Length == SHA256.HashSizeInBytes
            ? new Digest("sha256:" + Convert.ToHexStringLower(hash))
            : throw new ArgumentException("a sha256 hash has 32 bytes", nameof(hash));

    /// <summary>The digest that content has in this algorithm, <c>sha256</c> or <c>sha512</c>.</summary>
    public static Digest Of(string algorithm, ReadOnlySpan<byte> content)
    {
        using var hash = new DigestHash(algorithm);
        hash.Append(content);
        return hash.Complete();
    }

    internal static Digest FromHash(string algorithm, ReadOnlySpan<byte> hash) => new($"{algorithm}:{Convert.ToHexStringLower(hash)}");

    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        if (text is null)
            return false;

        var valid = text.Length == 7 + 64 && text.StartsWith("sha256:", StringComparison.Ordinal) && IsHex(text.AsSpan(7))
            || text.Length == 7 + 128 && text.StartsWith("sha512:", StringComparison.Ordinal) && IsHex(text.AsSpan(7));
        if (valid)
            digest = new Digest(text);
        return valid;
    }

    /// <exception cref="FormatException">The text is no digest.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a digest (sha256:<64 hex digits>)");

    public override string ToString() => _value ?? "";

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexDigits);
}
