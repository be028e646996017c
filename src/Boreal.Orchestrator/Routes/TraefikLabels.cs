using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;

namespace Boreal.Orchestrator.Routes;

/// <summary>
/// The part of Traefik's labels that means the same here: rules of hosts and path prefixes, a service's port, scheme, health check and
/// sticky cookie, and taking a prefix off. What protects or changes requests in a way that is not known here is refused, not passed over.
/// </summary>
internal static class TraefikLabels
{
    private const string Routers = "traefik.http.routers.";
    private const string Services = "traefik.http.services.";
    private const string Middlewares = "traefik.http.middlewares.";

    public static IReadOnlyList<HttpRoute> Routes(string service, IReadOnlyDictionary<string, string> labels)
    {
        if (!IsEnabled(labels)) return [];
        return
        [
            .. from router in Below(labels, Routers)
               let rule = router.Keys.GetValueOrDefault("rule") ?? throw Wrong(service, $"{Routers}{router.Name}.rule", "is missing")
               let stripped = Stripped(service, labels, router.Keys.GetValueOrDefault("middlewares", ""))
               from term in RuleText.Parse(service, rule)
               select new HttpRoute
               {
                   Name = router.Name,
                   Hosts = term.Hosts,
                   PathPrefix = term.PathPrefix,
                   StripPrefix = term.PathPrefix.Length > 0 && stripped.Contains(term.PathPrefix),
                   Priority = router.Keys.TryGetValue("priority", out var priority) ? SettingReader.Number(service, priority) : 0,
                   Target = Target(service, labels, router.Keys.GetValueOrDefault("service", "")),
               },
        ];
    }

    public static HttpSettings Settings(string service, IReadOnlyDictionary<string, string> labels, HttpSettings settings)
    {
        if (!IsEnabled(labels)) return settings;
        const string balancer = "loadbalancer.";
        foreach (var (_, keys) in Below(labels, Services))
        {
            foreach (var (key, value) in keys)
            {
                settings = key switch
                {
                    balancer + "server.scheme" => settings with { Protocol = SettingReader.OneOf(service, "traefik scheme", value, "http", "h2c", "https") },
                    balancer + "healthcheck.path" => settings with { HealthPath = SettingReader.Path(service, "traefik healthcheck.path", value) },
                    balancer + "healthcheck.interval" => settings with { HealthInterval = SettingReader.Duration(service, "traefik healthcheck.interval", value) },
                    balancer + "healthcheck.timeout" => settings with { HealthTimeout = SettingReader.Duration(service, "traefik healthcheck.timeout", value) },
                    balancer + "sticky.cookie.name" => settings with { StickyCookie = SettingReader.Cookie(service, value) },
                    balancer + "sticky" or balancer + "sticky.cookie" when settings.StickyCookie.Length == 0 => settings with { StickyCookie = SettingReader.Cookie(service, value) },
                    _ => settings,
                };
            }
        }
        return settings;
    }

    public static AppException Wrong(string service, string label, string what) => new(AppErrorKind.Invalid, $"service {service}: {label} {what}");

    private static bool IsEnabled(IReadOnlyDictionary<string, string> labels) => labels.GetValueOrDefault("traefik.enable", "true") is not "false";

    private static IEnumerable<(string Name, Dictionary<string, string> Keys)> Below(IReadOnlyDictionary<string, string> labels, string prefix) =>
        labels.Where(pair => pair.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(pair => (Place: pair.Key[prefix.Length..], pair.Value)).Where(one => one.Place.Contains('.', StringComparison.Ordinal))
            .Select(one => (Name: one.Place[..one.Place.IndexOf('.', StringComparison.Ordinal)], Key: one.Place[(one.Place.IndexOf('.', StringComparison.Ordinal) + 1)..].ToLowerInvariant(), one.Value))
            .GroupBy(one => one.Name).OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => (same.Key, same.DistinctBy(one => one.Key).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal)));

    /// <summary>0 where none is named.</summary>
    private static ushort Target(string service, IReadOnlyDictionary<string, string> labels, string name)
    {
        var named = Below(labels, Services).Where(one => name.Length == 0 || one.Name == Plain(name)).Select(one => one.Keys.GetValueOrDefault("loadbalancer.server.port", "")).FirstOrDefault(text => text.Length > 0);
        return named is null ? (ushort)0 : SettingReader.Port(service, named);
    }

    private static HashSet<string> Stripped(string service, IReadOnlyDictionary<string, string> labels, string middlewares)
    {
        var prefixes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in middlewares.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var keys = Below(labels, Middlewares).Where(one => one.Name == Plain(name)).Select(one => one.Keys).FirstOrDefault() ?? [];
            if (keys.Count == 0 || keys.Keys.Any(key => !key.StartsWith("stripprefix.", StringComparison.Ordinal)))
                throw Wrong(service, $"the middleware {name}", "is not one of stripprefix, which is the only kind the ingress knows: leave it to the service, or keep Traefik");
            prefixes.UnionWith(keys.GetValueOrDefault("stripprefix.prefixes", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        return prefixes;
    }

    /// <summary>Without the provider: <c>name@docker</c>.</summary>
    private static string Plain(string name) => name.Split('@')[0];
}
