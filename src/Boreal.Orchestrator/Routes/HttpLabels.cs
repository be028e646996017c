using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;

namespace Boreal.Orchestrator.Routes;

/// <summary>
/// What labels say of a service's requests: <c>io.boreal.http.KEY</c> for the service and its route, <c>io.boreal.http.routes.NAME.KEY</c>
/// for further routes; and with <c>io.boreal.http.traefik=true</c> a part of Traefik's labels.
/// </summary>
internal static class HttpLabels
{
    public const string Prefix = "io.boreal.http.";

    private const string RoutesPrefix = "routes.";
    private const string Foreign = "traefik";
    private static readonly string[] RouteKeys = ["host", "path", "port", "priority", "strip"];

    public static HttpSettings Settings(ServiceSpec spec)
    {
        var settings = SettingReader.Read(spec.Name, Own(spec).Where(pair => !IsOfARoute(pair.Key) && pair.Key is not Foreign));
        return ReadsForeign(spec) ? TraefikLabels.Settings(spec.Name, All(spec), settings) : settings;
    }

    /// <summary>Those of the spec and those of its labels, each with a port.</summary>
    public static IReadOnlyList<HttpRoute> Routes(ServiceSpec spec)
    {
        var routes = spec.Routes.Concat(FromOwn(spec));
        if (ReadsForeign(spec)) routes = routes.Concat(TraefikLabels.Routes(spec.Name, All(spec)));
        return [.. routes.Select(route => route.Target != 0 ? route : route with { Target = PortOf(spec) })];
    }

    /// <summary>Requests to the service are looked into.</summary>
    public static bool HasHttp(ServiceSpec spec)
    {
        if (Routes(spec).Count > 0) return true;
        var settings = Settings(spec);
        return spec.Ports.Any(port => port.Mode is not "host" && HttpPorts.IsHttp(port.Protocol, port.AppProtocol, settings));
    }

    /// <exception cref="AppException">A label cannot be read.</exception>
    public static void Check(ServiceSpec spec)
    {
        var settings = Settings(spec);
        if (settings.HasTls != settings.Key.Length > 0)
            throw Wrong(spec.Name, "tls.certificate and tls.key", "are needed together");
        foreach (var route in Routes(spec))
        {
            if (route.PathPrefix.Length > 0 && route.PathPrefix[0] != '/')
                throw Wrong(spec.Name, "path", $"is '{route.PathPrefix}', and begins with / where it is right");
            if (route.StripPrefix && route.PathPrefix.Length == 0)
                throw Wrong(spec.Name, "strip", "takes the path off, and there is no path");
            if (route.Options is { Count: > 0 } options)
                throw Wrong(spec.Name, options.Keys.First(), "is no option of a route: settings of HTTP are labels of the service");
            if (route.Hosts.FirstOrDefault(host => !HostPattern.IsValid(host)) is { } bad)
                throw Wrong(spec.Name, "host", $"'{bad}' is no host name, as shop.example.org or *.example.org");
        }
    }

    public static AppException Wrong(string service, string label, string what) => new(AppErrorKind.Invalid, $"service {service}: {Prefix}{label} {what}");

    private static bool IsOfARoute(string key) => RouteKeys.Contains(key) || key.StartsWith(RoutesPrefix, StringComparison.Ordinal);

    private static IEnumerable<HttpRoute> FromOwn(ServiceSpec spec)
    {
        var named = Own(spec).Where(pair => IsOfARoute(pair.Key)).Select(pair =>
        {
            var rest = pair.Key.StartsWith(RoutesPrefix, StringComparison.Ordinal) ? pair.Key[RoutesPrefix.Length..] : "." + pair.Key;
            var dot = rest.LastIndexOf('.');
            return dot >= 0 && RouteKeys.Contains(rest[(dot + 1)..])
                ? (Name: rest[..dot], Key: rest[(dot + 1)..], pair.Value)
                : throw Wrong(spec.Name, pair.Key, $"is not known: routes have {string.Join(", ", RouteKeys)}");
        });
        return named.GroupBy(one => one.Name).OrderBy(route => route.Key, StringComparer.Ordinal)
            .Select(route => SettingReader.Route(spec.Name, route.Key, route.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal)));
    }

    private static bool ReadsForeign(ServiceSpec spec) => All(spec).GetValueOrDefault(Prefix + Foreign) is { } text && SettingReader.Switch(spec.Name, Foreign, text);

    private static IEnumerable<KeyValuePair<string, string>> Own(ServiceSpec spec) =>
        All(spec).Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key[Prefix.Length..], pair.Value));

    private static Dictionary<string, string> All(ServiceSpec spec)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in spec.Template.Labels ?? new Dictionary<string, string>()) all[key] = value;
        foreach (var (key, value) in spec.Labels ?? new Dictionary<string, string>()) all[key] = value;
        return all;
    }

    /// <summary>The port of requests, where nobody says which: that of HTTP, else the first of TCP, published or not.</summary>
    private static ushort PortOf(ServiceSpec spec)
    {
        var published = spec.Ports.FirstOrDefault(port => port.Protocol is "tcp" && port.AppProtocol.StartsWith("http", StringComparison.Ordinal))
            ?? spec.Ports.FirstOrDefault(port => port.Protocol is "tcp");
        if (published is not null) return published.Target;
        var exposed = (spec.Template.ExposedPorts?.Keys ?? []).Select(text => text.Split('/')).Where(parts => parts.Length == 1 || parts[1] is "tcp").Select(parts => parts[0]);
        return exposed.Select(text => ushort.TryParse(text, out var port) ? port : (ushort)0).Order().FirstOrDefault(port => port > 0) is > 0 and var found
            ? found
            : throw Wrong(spec.Name, "port", "is missing: name the port in the container that requests go to");
    }
}
