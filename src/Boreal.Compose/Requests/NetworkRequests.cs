using Boreal.Api.Containers;
using Boreal.Compose.Projects;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Requests;

/// <summary>The networks and namespaces of a service's containers.</summary>
internal sealed class NetworkRequests(Project project, string name, Settings service)
{
    private const string ServicePrefix = "service:";

    /// <summary>The network's own name where it is one of the project's: the engine takes any other word for a network.</summary>
    public string Mode()
    {
        if (service.TextOrNull("network_mode") is not null) return Namespace("network_mode");
        return Keys() is [var first, ..] ? NetworkName(first) : "none";
    }

    /// <summary>A namespace of another service is that of its first container.</summary>
    public string Namespace(string key)
    {
        var mode = service.Text(key);
        return mode.StartsWith(ServicePrefix, StringComparison.Ordinal) ? $"container:{ContainerName(mode[ServicePrefix.Length..])}" : mode;
    }

    public IReadOnlyList<string>? VolumesFrom() => service.Texts("volumes_from")?.Select(text =>
    {
        if (text.StartsWith("container:", StringComparison.Ordinal)) return text["container:".Length..];
        var parts = text.Split(':', 2);
        return ContainerName(parts[0]) + (parts.Length > 1 ? $":{parts[1]}" : "");
    }).ToList();

    /// <summary>By the networks' own names; null where the mode leaves no choice.</summary>
    public Dictionary<string, EndpointSettings?>? Endpoints()
    {
        if (service.TextOrNull("network_mode") is not null) return null;
        var joined = service.Entries("networks").ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal);
        var keys = Keys();
        return keys.Count is 0 ? null : keys.ToDictionary(NetworkName, key => (EndpointSettings?)Endpoint(joined.GetValueOrDefault(key), key == keys[0]), StringComparer.Ordinal);
    }

    private EndpointSettings Endpoint(Settings wish, bool isFirst)
    {
        var mac = wish.TextOrNull("mac_address") ?? (isFirst ? service.Text("mac_address") : "");
        return new EndpointSettings
        {
            Aliases = [name, .. wish.Texts("aliases") ?? []],
            Links = Links(),
            MacAddress = mac,
            DriverOpts = wish.Pairs("driver_opts"),
            GwPriority = wish.WholeOrNull("gw_priority") is { } priority ? (int)priority : null,
            IPAMConfig = wish.TextOrNull("ipv4_address") is null && wish.TextOrNull("ipv6_address") is null && wish.Texts("link_local_ips") is null ? null : new EndpointIpamConfig
            {
                IPv4Address = wish.TextOrNull("ipv4_address"), IPv6Address = wish.TextOrNull("ipv6_address"), LinkLocalIPs = wish.Texts("link_local_ips"),
            },
        };
    }

    private List<string>? Links()
    {
        var links = (service.Texts("links") ?? []).Select(link => link.Split(':', 2))
            .SelectMany(parts => new[] { $"{ContainerName(parts[0])}:{parts[^1]}", $"{ContainerName(parts[0])}:{parts[0]}-1", $"{ContainerName(parts[0])}:{ContainerName(parts[0])}" })
            .Concat((service.Texts("external_links") ?? []).Select(link => link.Contains(':', StringComparison.Ordinal) ? link : $"{link}:{link}")).Distinct(StringComparer.Ordinal).ToList();
        return links.Count > 0 ? links : null;
    }

    /// <summary>The keys of the service's networks, the most wanted first.</summary>
    private List<string> Keys() =>
        [.. service.Entries("networks").OrderByDescending(item => item.Value.Whole("priority")).ThenBy(item => item.Name, StringComparer.Ordinal).Select(item => item.Name)];

    private string NetworkName(string key) => project.Model.Mapping("networks")?.Mapping(key)?.TextOf("name") ?? key;

    private string ContainerName(string other) => project.Services.Mapping(other)?.TextOf("container_name") ?? $"{project.Name}-{other}-1";
}
