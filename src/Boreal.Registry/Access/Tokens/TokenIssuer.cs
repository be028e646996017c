using System.Globalization;
using Boreal.Registry.Access.Users;

namespace Boreal.Registry.Access.Tokens;

/// <summary>Makes the token endpoint's answers.</summary>
internal sealed class TokenIssuer(AccessOptions options, TokenSigner signer, RefreshTokens refreshTokens, TimeProvider clock)
{
    public bool Serves(string service) => options.Services.Contains(service, StringComparer.Ordinal);

    /// <summary>A token for the user, or for nobody in particular.</summary>
    public TokenAnswer Issue(User? user, UserDirectory users, string service, IReadOnlyList<TokenScope> scopes, bool withRefresh)
    {
        var now = clock.GetUtcNow();
        var access = TokenGranting.Grant(scopes, user, users, isOwn: service == options.Services[0]);
        var token = signer.Sign(new TokenClaims
        {
            Issuer = options.Issuer,
            Subject = user?.Name ?? "",
            Audience = service,
            ExpiresAt = (now + options.TokenLifetime).ToUnixTimeSeconds(),
            NotBefore = now.ToUnixTimeSeconds(),
            IssuedAt = now.ToUnixTimeSeconds(),
            Id = Guid.NewGuid().ToString("N"),
            Access = access,
        });
        return new TokenAnswer
        {
            Token = token,
            AccessToken = token,
            ExpiresIn = (long)options.TokenLifetime.TotalSeconds,
            IssuedAt = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Scope = string.Join(' ', access.Select(one => $"{one.Type}:{one.Name}:{string.Join(',', one.Actions)}")),
            RefreshToken = withRefresh && user is not null ? refreshTokens.Issue(user) : null,
        };
    }

    /// <summary>The claims of a token of ours for this registry, at this time.</summary>
    public TokenClaims? Read(string token)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return signer.Read(token) is { } claims
            && claims.Issuer == options.Issuer
            && claims.Audience == options.Services[0]
            && claims.ExpiresAt > now
            && claims.NotBefore <= now + 60
            ? claims
            : null;
    }
}
