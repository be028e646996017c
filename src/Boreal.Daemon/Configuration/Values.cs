using System.Globalization;
using System.Net;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks.Addresses;
using Boreal.Oci.References;

namespace Boreal.Daemon.Configuration;

/// <summary>Reads the settings' values; what cannot be is a <see cref="ConfigurationException"/> naming the setting.</summary>
internal static class Values
{
    public static bool Switch(string name, string text) => text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Invalid(name, text, "it is true or false"),
    };

    public static DaemonOptions Only(string name, string text, string allowed, DaemonOptions options) =>
        text == allowed ? options : throw Invalid(name, text, $"only {allowed} is supported");

    public static string OneOf(string name, string text, params ReadOnlySpan<string> allowed) =>
        allowed.Contains(text) ? text : throw Invalid(name, text, $"it is one of {string.Join(", ", allowed)}");

    public static string Folder(string name, string text) =>
        text.StartsWith('/') ? Path.TrimEndingDirectorySeparator(text) : throw Invalid(name, text, "an absolute path is needed");

    public static LogLevel Level(string text) => text switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "fatal" => LogLevel.Critical,
        _ => throw new ConfigurationException($"invalid logging level: {text} (debug, info, warn, error or fatal)"),
    };

    public static int Mtu(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mtu) && mtu is >= 68 and <= 65535
            ? mtu
            : throw new ConfigurationException($"invalid default MTU: {text} (68 to 65535)");

    public static int Count(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw Invalid(name, text, "a number from 1 on is needed");

    public static string Mirror(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Query: "", Fragment: "", UserInfo: "" }
            ? text
            : throw Invalid("registry-mirror", text, "a URL such as https://mirror.example is needed, without user, query and fragment");

    public static TimeSpan Seconds(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw Invalid(name, text, "a number of seconds is needed");

    /// <summary>A number with an optional unit: <c>64m</c>, <c>1GiB</c>, <c>1024</c>.</summary>
    public static long Bytes(string name, string text)
    {
        var digits = text.AsSpan().TrimEnd("bBiIkKmMgGtT ");
        var unit = text.AsSpan(digits.Length).Trim();
        long scale = unit.IsEmpty ? 1 : char.ToLowerInvariant(unit[0]) switch { 'k' => 1L << 10, 'm' => 1L << 20, 'g' => 1L << 30, 't' => 1L << 40, _ => 1 };
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? (long)(number * scale)
            : throw Invalid(name, text, "a size such as 64m is needed");
    }

    public static string Address(string name, string text) =>
        IPAddress.TryParse(text, out _) ? text : throw Invalid(name, text, "an IP address is needed");

    public static string Network(string name, string text)
    {
        var slash = text.IndexOf('/');
        return slash > 0 && IPAddress.TryParse(text.AsSpan(0, slash), out _) && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is >= 8 and <= 30
            ? text
            : throw Invalid(name, text, "an address with its prefix length, such as 172.31.0.1/20, is needed");
    }

    public static string Cidr(string name, string text) =>
        IPNetwork.TryParse(text, out _) ? text : throw Invalid(name, text, "a network such as 172.31.4.0/24 is needed");

    public static string AddressPool(string text)
    {
        try
        {
            DefaultPool.Parse(text);
            return text;
        }
        catch (FormatException e)
        {
            throw new ConfigurationException($"invalid value \"{text}\" for \"default-address-pool\": {e.Message}", e);
        }
    }

    public static string Interface(string text) =>
        text.Length is > 0 and < 16 && !text.AsSpan().ContainsAny("/ :") ? text : throw Invalid("bridge", text, "an interface name has 1 to 15 characters");

    public static string Label(string text) =>
        text.IndexOf('=') > 0 ? text : throw Invalid("label", text, "key=value is needed");

    public static IReadOnlyDictionary<string, string> Pairs(string name, IReadOnlyList<string> texts)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=');
            pairs[equals > 0 ? text[..equals] : throw Invalid(name, text, "key=value is needed")] = text[(equals + 1)..];
        }
        return pairs;
    }

    public static UlimitSpec Ulimit(string text)
    {
        var equals = text.IndexOf('=');
        var limits = equals > 0 ? text[(equals + 1)..].Split(':') : [];
        if (limits.Length is 1 or 2
            && long.TryParse(limits[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var soft)
            && long.TryParse(limits[^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hard))
            return new UlimitSpec(text[..equals], soft, hard);
        throw Invalid("default-ulimit", text, "name=soft or name=soft:hard is needed");
    }

    public static string Host(string text)
    {
        if (text.StartsWith("unix:///", StringComparison.Ordinal) || text.StartsWith("tcp://", StringComparison.Ordinal) || text.StartsWith("fd://", StringComparison.Ordinal))
            return text;
        throw Invalid("host", text, "unix:///path, tcp://address:port or fd:// is needed");
    }

    public static string SeccompProfile(string text)
    {
        if (text is "builtin" or "")
            return "";
        if (text == "unconfined")
            return text;
        try
        {
            return File.ReadAllText(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"opening seccomp profile ({text}) failed: {e.Message}", e);
        }
    }

    /// <summary>An address with a port; without an address it is all of them.</summary>
    public static string Listening(string name, string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon];
        return colon >= 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && (host is "" or "localhost" || IPAddress.TryParse(host, out _))
            ? text
            : throw Invalid(name, text, "address:port is needed, for example 127.0.0.1:5000");
    }

    /// <summary>The same as addresses of sockets.</summary>
    public static IReadOnlyList<IPEndPoint> EndPoints(string name, string text)
    {
        var colon = Listening(name, text).LastIndexOf(':');
        var port = ushort.Parse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return text[..colon] switch
        {
            "" => [new(IPAddress.Any, port), new(IPAddress.IPv6Any, port)],
            "localhost" => [new(IPAddress.Loopback, port), new(IPAddress.IPv6Loopback, port)],
            var host => [new(IPAddress.Parse(host), port)],
        };
    }

    /// <summary>A registry's name, not its address: whether it speaks https is found out, or set by other settings.</summary>
    public static string Upstream(string name, string text) =>
        ImageReference.TryParse($"{text}/name", out var parsed) && parsed is not null && parsed.Domain == text ? text : throw Invalid(name, text, "a registry's name is needed, as docker.io or registry.example:5000");

    public static Uri Url(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : throw Invalid(name, text, "an http or https URL is needed");

    public static TimeSpan TokenLifetime(string name, string text) =>
        Seconds(name, text) is { TotalSeconds: >= 60 and <= 86400 } time ? time : throw Invalid(name, text, "60 to 86400 seconds are possible");

    private static ConfigurationException Invalid(string name, string text, string rule) =>
        new($"invalid value \"{text}\" for \"{name}\": {rule}");
}
