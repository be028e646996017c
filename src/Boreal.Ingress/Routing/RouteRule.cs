using Boreal.Ingress.Backends;
using Boreal.Ingress.Certificates;
using Boreal.Orchestrator.Balancing;

namespace Boreal.Ingress.Routing;

/// <summary>A service's claim to requests.</summary>
/// <param name="Hosts">Lower-case names, <c>*.name</c> too; empty for every host.</param>
/// <param name="PathPrefix">Empty for every path.</param>
/// <param name="Strips">Backends do not see the prefix.</param>
/// <param name="Priority">The highest wins.</param>
/// <param name="Upstream">Who answers.</param>
/// <param name="Certificate">For its hosts; null for none.</param>
internal sealed record RouteRule(IReadOnlyList<string> Hosts, string PathPrefix, bool Strips, int Priority, Upstream Upstream, ICertificateChoice? Certificate)
{
    private const string Wildcard = "*.";

    public RouteMatch Match => new(Upstream, Strips ? PathPrefix : null);

    /// <summary>How closely a host is named: 3 by its name, 2 by a wildcard, 1 by naming none, 0 not at all.</summary>
    public int Closeness(string host)
    {
        if (Hosts.Count == 0) return 1;
        var closest = 0;
        foreach (var one in Hosts)
        {
            if (one == host) return 3;
            if (one.StartsWith(Wildcard, StringComparison.Ordinal) && host.Length > one.Length - 1 && host.EndsWith(one[1..], StringComparison.Ordinal)) closest = 2;
        }
        return closest;
    }

    /// <summary>By whole segments: <c>/api</c> is not the start of <c>/apis</c>.</summary>
    public bool Covers(string path) =>
        PathPrefix.Length == 0
        || (path.StartsWith(PathPrefix, StringComparison.Ordinal) && (path.Length == PathPrefix.Length || PathPrefix[^1] == '/' || path[PathPrefix.Length] == '/'));
}
