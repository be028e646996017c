using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Boreal.Registry.Access.Users;

namespace Boreal.Registry.Access.Tokens;

/// <summary>
/// Identity tokens: what <c>docker login</c> may keep in place of a password. Nothing is stored; they are sealed with a
/// secret that only we have, so that nobody takes one for an access token.
/// </summary>
internal sealed class RefreshTokens(byte[] secret, TimeSpan lifetime, TimeProvider clock)
{
    private const int Longest = 4096;

    public string Issue(User user)
    {
        var claims = new RefreshClaims
        {
            User = user.Name,
            ExpiresAt = (clock.GetUtcNow() + lifetime).ToUnixTimeSeconds(),
            PasswordMark = Mark(user),
        };
        var text = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, TokenJsonContext.Default.RefreshClaims));
        return $"{text}.{Base64Url.EncodeToString(Seal(text))}";
    }

    /// <summary>The user it stands for; null when it does not count, or not any more.</summary>
    public User? Redeem(string token, UserDirectory users)
    {
        var dot = token.IndexOf('.');
        if (token.Length > Longest || dot < 0)
            return null;
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(token.AsSpan(dot + 1)), Seal(token[..dot])))
                return null;
            var claims = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(token.AsSpan(0, dot)), TokenJsonContext.Default.RefreshClaims);
            return claims is not null
                && claims.ExpiresAt > clock.GetUtcNow().ToUnixTimeSeconds()
                && users.Find(claims.User) is { } user
                && claims.PasswordMark == Mark(user)
                ? user
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private byte[] Seal(string text) => HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text));

    private string Mark(User user) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes("password\0" + user.PasswordHash)).AsSpan(0, 16));
}
