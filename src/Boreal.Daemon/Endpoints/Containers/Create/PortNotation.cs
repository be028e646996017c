using System.Globalization;
using System.Net;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Ports as the API writes them: <c>80</c>, <c>80/tcp</c>, <c>8000-8010/udp</c>, and their bindings.</summary>
internal static class PortNotation
{
    /// <summary>The ports of a key; a range gives several.</summary>
    public static IReadOnlyList<PortSpec> ParseExposed(string key)
    {
        var (ports, protocol) = Split(key);
        if (ParseRange(ports) is not var (first, last))
            throw Invalid(ports);
        return [.. Enumerable.Range(first, last - first + 1).Select(port => new PortSpec((ushort)port, protocol))];
    }

    public static PortSpec ParseSingle(string key)
    {
        var (port, protocol) = Split(key);
        return new PortSpec(ParsePort(port) ?? throw Invalid(port), protocol);
    }

    public static List<PublishedPort> ParseBindings(IReadOnlyDictionary<string, IReadOnlyList<Wire.PortBinding>?>? bindings)
    {
        var published = new List<PublishedPort>();
        foreach (var (key, list) in bindings ?? new Dictionary<string, IReadOnlyList<Wire.PortBinding>?>())
        {
            var port = ParseSingle(key);
            foreach (var binding in list ?? [])
            {
                if (binding.HostPort is not "" && ParseRange(binding.HostPort) is null)
                    throw Invalid(binding.HostPort);
                if (binding.HostIp is not "" && !IPAddress.TryParse(binding.HostIp, out _))
                    throw new EngineException(ErrorKind.Invalid, $"invalid IP address: {binding.HostIp}");
                published.Add(new PublishedPort(port, binding.HostIp, binding.HostPort));
            }
        }
        return published;
    }

    private static (string Port, string Protocol) Split(string key)
    {
        var slash = key.IndexOf('/');
        if (slash < 0)
            return (key, "tcp");
        var protocol = key[(slash + 1)..].ToLowerInvariant();
        return protocol is "tcp" or "udp" or "sctp"
            ? (key[..slash], protocol)
            : throw new EngineException(ErrorKind.Invalid, $"invalid proto: {protocol}");
    }

    private static (ushort First, ushort Last)? ParseRange(string text)
    {
        var dash = text.IndexOf('-');
        if (dash < 0)
            return ParsePort(text) is { } port ? (port, port) : null;
        return ParsePort(text[..dash]) is { } first && ParsePort(text[(dash + 1)..]) is { } last && first <= last ? (first, last) : null;
    }

    private static ushort? ParsePort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    private static EngineException Invalid(string text) => new(ErrorKind.Invalid, $"invalid port specification: \"{text}\"");
}
