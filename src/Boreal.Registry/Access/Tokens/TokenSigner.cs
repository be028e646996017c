using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Boreal.Registry.Access.Tokens;

/// <summary>Tokens as text: <c>header.claims.signature</c>, each base64url.</summary>
internal sealed class TokenSigner(TokenKey key)
{
    private const string Algorithm = "ES256";
    private const int Longest = 64 * 1024;

    private readonly string _header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
        new TokenHeader { Algorithm = Algorithm, KeyId = key.Id }, TokenJsonContext.Default.TokenHeader));

    public string Sign(TokenClaims claims)
    {
        var text = $"{_header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, TokenJsonContext.Default.TokenClaims))}";
        return $"{text}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>The claims of a token that this key signed; null for anything else. Time and audience are not looked at.</summary>
    public TokenClaims? Read(string token)
    {
        // Only our own header is accepted, byte for byte: there is no algorithm to choose.
        if (token.Length > Longest || !token.StartsWith(_header + ".", StringComparison.Ordinal))
            return null;
        var end = token.LastIndexOf('.');
        if (end <= _header.Length)
            return null;
        try
        {
            var signature = Base64Url.DecodeFromChars(token.AsSpan(end + 1));
            return key.Verify(Encoding.ASCII.GetBytes(token[..end]), signature)
                ? JsonSerializer.Deserialize(Base64Url.DecodeFromChars(token.AsSpan(_header.Length + 1, end - _header.Length - 1)), TokenJsonContext.Default.TokenClaims)
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or CryptographicException)
        {
            return null;
        }
    }
}
