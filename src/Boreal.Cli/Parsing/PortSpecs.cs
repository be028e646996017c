using System.Globalization;
using Boreal.Api.Containers;

namespace Boreal.Cli.Parsing;

/// <summary><c>-p</c> and <c>--expose</c>: <c>[ip:][host[-end]:]container[-end][/proto]</c>.</summary>
internal sealed class PortSpecs
{
    private static readonly string[] Protocols = ["tcp", "udp", "sctp"];

    private readonly SortedDictionary<string, List<PortBinding>> _bindings = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _exposed = new(StringComparer.Ordinal);

    /// <summary>Ports as <c>80/tcp</c>.</summary>
    public IReadOnlyCollection<string> Exposed => _exposed;

    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?> Bindings =>
        _bindings.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<PortBinding>?)entry.Value, StringComparer.Ordinal);

    public void Publish(string spec)
    {
        if (spec.Contains('=', StringComparison.Ordinal)) spec = FromNamedParts(spec);
        var (address, host, target) = Split(spec);
        var (port, protocol) = SplitProtocol(target);
        address = CheckAddress(address);
        if (port.Length is 0) throw new FormatException($"no port specified: {spec}<empty>");
        var (first, last) = Range(port) ?? throw new FormatException($"invalid containerPort: {port}");
        var (hostFirst, hostLast) = (0, 0);
        if (host.Length > 0) (hostFirst, hostLast) = Range(host) ?? throw new FormatException($"invalid hostPort: {host}");
        if (host.Length > 0 && last - first != hostLast - hostFirst && last != first)
            throw new FormatException($"invalid ranges specified for container and host Ports: {port} and {host}");
        if (!Protocols.Contains(protocol.ToLowerInvariant(), StringComparer.Ordinal)) throw new FormatException($"invalid proto: {protocol}");
        for (var at = 0; at <= last - first; at++)
        {
            var hostPort = host.Length is 0 ? "" : Number(hostFirst + at);
            // One container port and several host ports: the daemon picks one of them.
            if (first == last && hostFirst != hostLast) hostPort += $"-{hostLast}";
            Add($"{first + at}/{protocol.ToLowerInvariant()}", new PortBinding { HostIp = address, HostPort = hostPort });
        }
    }

    public void Expose(string spec)
    {
        if (spec.Contains(':', StringComparison.Ordinal)) throw new FormatException($"invalid port format for --expose: {spec}");
        var (port, protocol) = SplitProtocol(spec);
        var (first, last) = Range(port)
            ?? throw new FormatException($"invalid range format for --expose: {spec}, error: {(port.Length is 0 ? "empty string specified for ports." : $"strconv.ParseUint: parsing \"{port}\": invalid syntax")}");
        for (var number = first; number <= last; number++) _exposed.Add($"{number}/{protocol.ToLowerInvariant()}");
    }

    private void Add(string port, PortBinding binding)
    {
        _exposed.Add(port);
        if (!_bindings.TryGetValue(port, out var bindings)) _bindings[port] = bindings = [];
        bindings.Add(binding);
    }

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
        return address.Length is 0 || Hosts.IsAddress(address) ? address : throw new FormatException($"invalid IP address: {address}");
    }

    private static (int First, int Last)? Range(string text)
    {
        var dash = text.IndexOf('-');
        if (dash < 0) return Port(text) is { } single ? (single, single) : null;
        return Port(text[..dash]) is { } first && Port(text[(dash + 1)..]) is { } last && last >= first ? (first, last) : null;
    }

    private static int? Port(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string FromNamedParts(string spec)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal) { ["protocol"] = "tcp" };
        foreach (var part in spec.Split(','))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0) throw new FormatException($"invalid publish opts format (should be name=value but got '{part}')");
            parts[part[..equals]] = part[(equals + 1)..];
        }

        return $"{parts.GetValueOrDefault("published")}:{parts.GetValueOrDefault("target")}/{parts["protocol"]}";
    }
}
