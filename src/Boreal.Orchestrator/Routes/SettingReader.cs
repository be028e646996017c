using System.Globalization;
using Boreal.Api.Apps;
using Boreal.Notation;
using Boreal.Orchestrator.Errors;

namespace Boreal.Orchestrator.Routes;

/// <summary>Reads labels of our own, without their prefix.</summary>
internal static class SettingReader
{
    public const string DefaultCookie = "boreal-task";

    private static readonly Dictionary<string, Func<HttpSettings, string, string, HttpSettings>> Keys = new(StringComparer.Ordinal)
    {
        ["sticky"] = (settings, service, text) => settings with { StickyCookie = Cookie(service, text) },
        ["health.path"] = (settings, service, text) => settings with { HealthPath = Path(service, "health.path", text) },
        ["health.interval"] = (settings, service, text) => settings with { HealthInterval = Duration(service, "health.interval", text) },
        ["health.timeout"] = (settings, service, text) => settings with { HealthTimeout = Duration(service, "health.timeout", text) },
        ["timeout"] = (settings, service, text) => settings with { Timeout = Duration(service, "timeout", text) },
        ["tls.certificate"] = (settings, service, text) => settings with { Certificate = Path(service, "tls.certificate", text) },
        ["tls.key"] = (settings, service, text) => settings with { Key = Path(service, "tls.key", text) },
        ["forwarded"] = (settings, service, text) => settings with { TrustsForwarded = OneOf(service, "forwarded", text, "replace", "trust") is "trust" },
        ["protocol"] = (settings, service, text) => settings with { Protocol = OneOf(service, "protocol", text, "http", "h2c", "https") },
    };

    /// <exception cref="AppException">A key is not known, or a value not right.</exception>
    public static HttpSettings Read(string service, IEnumerable<KeyValuePair<string, string>> labels)
    {
        var settings = new HttpSettings();
        foreach (var (key, value) in labels)
        {
            if (!Keys.TryGetValue(key, out var set))
                throw HttpLabels.Wrong(service, key, $"is not known: there are {string.Join(", ", Keys.Keys)}, traefik, and for routes host, path, port, priority and strip");
            settings = set(settings, service, value);
        }
        return settings;
    }

    public static HttpRoute Route(string service, string name, IReadOnlyDictionary<string, string> keys) => new()
    {
        Name = name,
        Hosts = [.. keys.GetValueOrDefault("host", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        PathPrefix = keys.TryGetValue("path", out var path) && path is not "/" ? Path(service, "path", path) : "",
        Target = keys.TryGetValue("port", out var port) ? Port(service, port) : (ushort)0,
        Priority = keys.TryGetValue("priority", out var priority) ? Number(service, priority) : 0,
        StripPrefix = keys.TryGetValue("strip", out var strip) && Switch(service, "strip", strip),
    };

    public static bool Switch(string service, string label, string text) => OneOf(service, label, text, "true", "false") is "true";

    public static TimeSpan Duration(string service, string label, string text) =>
        GoDuration.TryParse(text, out var nanoseconds) && nanoseconds is >= 1_000_000 and <= 24L * 3600 * 1_000_000_000
            ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw HttpLabels.Wrong(service, label, $"is '{text}', and a duration as 5s, from 1ms to 24h, where it is right");

    public static ushort Port(string service, string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? port
            : throw HttpLabels.Wrong(service, "port", $"is '{text}', and a number from 1 to 65535 where it is right");

    public static int Number(string service, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw HttpLabels.Wrong(service, "priority", $"is '{text}', which is no number");

    public static string OneOf(string service, string label, string text, params ReadOnlySpan<string> allowed) =>
        allowed.Contains(text) ? text : throw HttpLabels.Wrong(service, label, $"is '{text}', allowed are {string.Join(", ", allowed.ToArray())}");

    public static string Path(string service, string label, string text) =>
        text is ['/', ..] ? text : throw HttpLabels.Wrong(service, label, $"is '{text}', and begins with / where it is right");

    /// <summary><c>true</c>, or the cookie's name.</summary>
    public static string Cookie(string service, string text) => text switch
    {
        "true" => DefaultCookie,
        "false" => "",
        _ => text.Length is > 0 and <= 64 && text.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_')
            ? text
            : throw HttpLabels.Wrong(service, "sticky", $"is '{text}', and true or a cookie's name where it is right"),
    };
}
