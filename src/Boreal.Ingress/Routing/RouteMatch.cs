using Boreal.Ingress.Backends;
using Microsoft.AspNetCore.Http;

namespace Boreal.Ingress.Routing;

/// <summary>Where a request goes; without an upstream nowhere.</summary>
/// <param name="Upstream">Whose it is.</param>
/// <param name="Prefix">The start of the path that its backends do not see.</param>
internal readonly record struct RouteMatch(Upstream? Upstream, string? Prefix = null)
{
    public string Stripped => Prefix ?? "";

    public PathString PathWithout(PathString path) =>
        path.StartsWithSegments(Stripped, StringComparison.Ordinal, out var rest) && rest.HasValue ? rest : new PathString("/");
}
