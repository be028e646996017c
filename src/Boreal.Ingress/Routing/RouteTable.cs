using System.Collections.Frozen;
using Boreal.Ingress.Certificates;

namespace Boreal.Ingress.Routing;

/// <summary>All routes at one moment. Immutable; the first that fits is the right one.</summary>
internal sealed class RouteTable
{
    private readonly RouteRule[] _all;
    private readonly FrozenDictionary<string, RouteRule[]> _byName;

    public RouteTable(IEnumerable<RouteRule> rules)
    {
        _all = [.. rules];
        _byName = _all.SelectMany(rule => rule.Hosts).Distinct().Where(host => host[0] != '*').ToFrozenDictionary(host => host, InOrder, StringComparer.Ordinal);
    }

    public static RouteTable Empty { get; } = new([]);

    public RouteMatch Find(string host, string path)
    {
        var name = Normal(host);
        foreach (var rule in RulesFor(name))
        {
            if (rule.Covers(path)) return rule.Match;
        }
        return default;
    }

    public ICertificateChoice? CertificateFor(string host) => RulesFor(Normal(host)).FirstOrDefault(rule => rule.Certificate is not null)?.Certificate;

    private static string Normal(string host) => host.TrimEnd('.').ToLowerInvariant();

    private RouteRule[] RulesFor(string name) => _byName.TryGetValue(name, out var known) ? known : InOrder(name);

    /// <summary>Those that fit a host: by priority, then by how closely they name it, then by the length of their path.</summary>
    private RouteRule[] InOrder(string host) =>
    [
        .. _all.Select(rule => (Rule: rule, Closeness: rule.Closeness(host))).Where(one => one.Closeness > 0)
            .OrderByDescending(one => one.Rule.Priority).ThenByDescending(one => one.Closeness).ThenByDescending(one => one.Rule.PathPrefix.Length).Select(one => one.Rule),
    ];
}
