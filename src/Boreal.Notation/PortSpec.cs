using System.Globalization;

namespace Boreal.Notation;

/// <summary>Published and exposed ports: <c>[ip:][host[-end]:]container[-end][/proto]</c>.</summary>
public static class PortSpec
{
    /// <summary>The mappings of a specification; ranges give several.</summary>
    /// <exception cref="FormatException">The text is no such specification; the message is Docker's.</exception>
    public static IReadOnlyList<PortMapping> Parse(string spec)
    {
        var (address, host, target) = Split(spec);
        var (port, protocol) = SplitProtocol(target);
        address = CheckAddress(address);
        if (port.Length is 0) throw new FormatException($"no port specified: {spec}<empty>");
        var (first, last) = Range(port) ?? throw new FormatException($"invalid containerPort: {port}");
        var (hostFirst, hostLast) = (0, 0);
        if (host.Length > 0) (hostFirst, hostLast) = Range(host) ?? throw new FormatException($"invalid hostPort: {host}");
        if (host.Length > 0 && last - first != hostLast - hostFirst && last != first)
            throw new FormatException($"invalid ranges specified for container and host Ports: {port} and {host}");
        if (!IsProtocol(protocol)) throw new FormatException($"invalid proto: {protocol}");

        var mappings = new List<PortMapping>(last - first + 1);
        for (var at = 0; at <= last - first; at++)
        {
            var hostPort = host.Length is 0 ? "" : Number(hostFirst + at);
            // One container port and several host ports: the engine picks one of them.
            if (first == last && hostFirst != hostLast) hostPort += $"-{hostLast}";
            mappings.Add(new PortMapping(address, hostPort, first + at, protocol.ToLowerInvariant()));
        }

        return mappings;
    }

    /// <summary>The ports of <c>80</c>, <c>80/udp</c> or <c>8000-8010</c>, each as <c>80/tcp</c>.</summary>
    /// <exception cref="FormatException">The text is no such port; the message is Docker's.</exception>
    public static IEnumerable<string> ParseExposed(string spec)
    {
        if (spec.Contains(':', StringComparison.Ordinal)) throw new FormatException($"invalid port format for --expose: {spec}");
        var (port, protocol) = SplitProtocol(spec);
        var (first, last) = Range(port)
            ?? throw new FormatException($"invalid range format for --expose: {spec}, error: {(port.Length is 0 ? "empty string specified for ports." : $"strconv.ParseUint: parsing \"{port}\": invalid syntax")}");
        return Enumerable.Range(first, last - first + 1).Select(number => $"{number}/{protocol.ToLowerInvariant()}");
    }

    /// <summary>The first and the last port of <c>80</c> or <c>8000-8010</c>; null when it is neither.</summary>
    public static (int First, int Last)? Range(string text)
    {
        var dash = text.IndexOf('-');
        if (dash < 0) return Port(text) is { } single ? (single, single) : null;
        return Port(text[..dash]) is { } first && Port(text[(dash + 1)..]) is { } last && last >= first ? (first, last) : null;
    }

    /// <summary>Whether the protocol is one that ports have, in letters of any case.</summary>
    public static bool IsProtocol(string text) => text.ToLowerInvariant() is "tcp" or "udp" or "sctp";

    private static (string Address, string Host, string Target) Split(string spec)
    {
        var parts = spec.Split(':');
        return parts.Length switch
        {
            1 => ("", "", parts[0]),
            2 => ("", parts[0], parts[1]),
            _ => (string.Join(':', parts[..^2]), parts[^2], parts[^1]),
        };
    }

    private static (string Port, string Protocol) SplitProtocol(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0) return (text, "tcp");
        return (text[..slash], slash == text.Length - 1 ? "tcp" : text[(slash + 1)..]);
    }

    private static string CheckAddress(string address)
    {
        if (address is ['[', .., ']']) address = address[1..^1];
        return address.Length is 0 || IpText.IsValid(address) ? address : throw new FormatException($"invalid IP address: {address}");
    }

    private static int? Port(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
