using Boreal.Registry.Access.Tokens;
using Boreal.Registry.Permissions;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Access.Callers;

/// <summary>The <c>WWW-Authenticate</c> header: what a client shall bring next time.</summary>
internal sealed class Challenge(AccessOptions options)
{
    public const string TokenPath = "/token";

    /// <summary>For clients that know only names and passwords, and for the token endpoint itself.</summary>
    public string Basic { get; } = $"Basic realm=\"{options.Services[0]}\"";

    public string For(HttpContext context, AccessQuestion question, string? error)
    {
        if (options.Scheme is AuthenticationScheme.Basic)
            return Basic;
        var scope = ScopeOf(question) is { } text ? $",scope=\"{text}\"" : "";
        var reason = error is null ? "" : $",error=\"{error}\"";
        return $"Bearer realm=\"{Realm(context.Request)}\",service=\"{options.Services[0]}\"{scope}{reason}";
    }

    private string Realm(HttpRequest request) =>
        options.PublicUrl is { } url ? new Uri(url, TokenPath).AbsoluteUri : $"{request.Scheme}://{request.Host}{TokenPath}";

    private static string? ScopeOf(AccessQuestion question) => question.Subject switch
    {
        AccessSubject.Repository => $"{TokenGranting.Repository}:{question.Repository}:{Names(question.Actions)}",
        AccessSubject.Catalog => $"{TokenGranting.Registry}:{TokenGranting.Catalog}:*",
        AccessSubject.Administration => $"{TokenGranting.Registry}:{TokenGranting.Administration}:*",
        _ => null,
    };

    /// <summary>Who pushes looks first what is there.</summary>
    private static string Names(RepositoryActions actions) =>
        Grants.ActionNames.Join((Grants.Rights)(actions.HasFlag(RepositoryActions.Push) ? actions | RepositoryActions.Pull : actions));
}
