using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Distribution;

/// <summary>A token server beside a <see cref="PeerRegistry"/>, and the registry's check of its tokens.</summary>
internal sealed class PeerTokens(PeerRegistry registry)
{
    public const string User = "ann";
    public const string Password = "p:ä";
    public const string IdentityToken = "identity-1";

    private int _issued;

    public ConcurrentDictionary<string, string> Scopes { get; } = new();

    /// <summary>As servers do that know OAuth 2 only.</summary>
    public bool RefusesGet { get; set; }

    public bool TakesAnonymous { get; set; } = true;

    public int ExpiresIn { get; set; } = 300;

    public static string Basic => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));

    /// <summary>For <see cref="PeerRegistry.Intercept"/>.</summary>
    public async Task<bool> AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/token")
        {
            await IssueAsync(context);
            return true;
        }
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        var wanted = ScopeOf(context.Request);
        if (Scopes.TryGetValue(token, out var scopes) && (wanted is null || scopes.Contains(wanted, StringComparison.Ordinal)))
            return false;
        var scope = wanted is null ? "" : $",scope=\"{wanted}\"";
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{registry.Host}/token\",service=\"svc\"{scope}";
        await PeerRegistry.RefuseAsync(context, StatusCodes.Status401Unauthorized, """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required","detail":[]}]}""");
        return true;
    }

    private async Task IssueAsync(HttpContext context)
    {
        if (context.Request.Method == "GET" && RefusesGet)
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        var isKnown = form is null
            ? context.Request.Headers.Authorization == Basic || (TakesAnonymous && context.Request.Headers.Authorization.Count == 0)
            : form["grant_type"] == "password" ? form["username"] == User && form["password"] == Password : form["refresh_token"] == IdentityToken;
        if (!isKnown)
        {
            await PeerRegistry.RefuseAsync(context, StatusCodes.Status401Unauthorized, """{"details":"incorrect username or password"}""");
            return;
        }
        var token = $"token-{Interlocked.Increment(ref _issued)}";
        Scopes[token] = form is null ? string.Join(' ', context.Request.Query["scope"].ToArray()) : form["scope"].ToString();
        var refresh = context.Request.Query["offline_token"].ToString() == "true" || form?["access_type"].ToString() == "offline" ? $",\"refresh_token\":\"{IdentityToken}\"" : "";
        context.Response.ContentType = "application/json";
        await PeerRegistry.WriteAsync(context, Encoding.UTF8.GetBytes($"{{\"token\":\"{token}\",\"expires_in\":{ExpiresIn}{refresh}}}"));
    }

    private static string? ScopeOf(HttpRequest request)
    {
        var parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var index = Array.FindIndex(parts, part => part is "manifests" or "blobs" or "tags");
        if (index < 0)
            return null;
        var repository = string.Join('/', parts[1..index]);
        return request.Method is "GET" or "HEAD" ? $"repository:{repository}:pull" : $"repository:{repository}:pull,push";
    }
}
