using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Access.Tokens;

/// <summary>What a client asks the token endpoint for, by query (GET) or form (POST, as in OAuth 2).</summary>
internal sealed record TokenRequest
{
    private const int LargestForm = 64 * 1024;

    public string Service { get; private init; } = "";

    public IReadOnlyList<TokenScope> Scopes { get; private init; } = [];

    /// <summary>The client would keep an identity token.</summary>
    public bool WantsRefresh { get; private init; }

    public string? User { get; private init; }

    public string Password { get; private init; } = "";

    public string? RefreshToken { get; private init; }

    public static TokenRequest OfQuery(IQueryCollection query) => new()
    {
        Service = query["service"].ToString(),
        Scopes = TokenScope.Parse(query["scope"]),
        WantsRefresh = query["offline_token"] == "true",
    };

    /// <exception cref="BadHttpRequestException">Not a form, too large, or a grant that is not known.</exception>
    public static async Task<TokenRequest> OfFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > LargestForm)
            throw new BadHttpRequestException("a form of at most 64 KiB is needed");
        var form = await request.ReadFormAsync(cancellationToken);
        var asked = new TokenRequest
        {
            Service = form["service"].ToString(),
            Scopes = TokenScope.Parse(form["scope"]),
            WantsRefresh = form["access_type"] == "offline",
        };
        return form["grant_type"].ToString() switch
        {
            "password" => asked with { User = form["username"].ToString(), Password = form["password"].ToString() },
            "refresh_token" => asked with { RefreshToken = form["refresh_token"].ToString(), WantsRefresh = true },
            _ => throw new BadHttpRequestException("grant_type must be password or refresh_token"),
        };
    }
}
