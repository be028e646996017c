using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Ports;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Inspecting;

/// <summary>A container's networks as inspect and list show them.</summary>
internal sealed class NetworkView(NetworkRegistry networks)
{
    private static readonly ApiVersion TellsNames = new(1, 44);
    private static readonly ApiVersion KeepsAliases = new(1, 45);
    private static readonly ApiVersion TellsPriority = new(1, 48);

    public Wire.NetworkSettings Describe(Container container, ApiVersion version)
    {
        var network = container.Status.Network;
        var bridge = network?.Bridge;
        return new Wire.NetworkSettings
        {
            SandboxID = network?.SandboxId ?? "",
            SandboxKey = network?.SandboxKey ?? "",
            Ports = Ports(container),
            EndpointID = bridge?.EndpointId ?? "",
            Gateway = bridge?.Gateway ?? "",
            IPAddress = bridge?.Address ?? "",
            IPPrefixLen = bridge?.PrefixLength ?? 0,
            IPv6Gateway = bridge?.Gateway6 ?? "",
            GlobalIPv6Address = bridge?.Address6 ?? "",
            GlobalIPv6PrefixLen = bridge?.PrefixLength6 ?? 0,
            MacAddress = bridge?.MacAddress ?? container.Spec.Network.Networks.FirstOrDefault(endpoint => endpoint.Network == PredefinedNetworks.Bridge)?.MacAddress ?? "",
            Networks = Endpoints(container, version),
        };
    }

    /// <summary>By network name. A container in another's network has none of its own.</summary>
    public IReadOnlyDictionary<string, Wire.EndpointSettings> Endpoints(Container container, ApiVersion version)
    {
        var asked = container.Spec.Network.Networks;
        var endpoints = new SortedDictionary<string, Wire.EndpointSettings>(StringComparer.Ordinal);
        foreach (var endpoint in asked)
            endpoints[endpoint.Network] = Describe(endpoint, container, version);
        return endpoints;
    }

    private Wire.EndpointSettings Describe(EndpointSpec asked, Container container, ApiVersion version)
    {
        var status = container.Status.Network?.Endpoints.FirstOrDefault(endpoint => endpoint.Network == asked.Network);
        // What a container is called is decided when it first runs.
        var ran = container.Status.StartedAt is not null;
        var isOwn = !PredefinedNetworks.Names.Contains(asked.Network);
        return new Wire.EndpointSettings
        {
            IPAMConfig = !asked.HasAddressSettings ? null : new Wire.EndpointIpamConfig
            {
                IPv4Address = asked.IPv4Address.Length > 0 ? asked.IPv4Address : null,
                IPv6Address = asked.IPv6Address.Length > 0 ? asked.IPv6Address : null,
                LinkLocalIPs = asked.LinkLocalAddresses is { Count: > 0 } ? asked.LinkLocalAddresses : null,
            },
            Links = asked.Links,
            Aliases = isOwn && version < KeepsAliases ? [.. (asked.Aliases ?? []).Append(container.Id.Short).Distinct()] : asked.Aliases,
            MacAddress = status?.MacAddress is { Length: > 0 } mac ? mac : asked.MacAddress,
            DriverOpts = asked.DriverOptions,
            GwPriority = version < TellsPriority ? null : asked.GatewayPriority,
            NetworkID = status?.NetworkId ?? (ran ? networks.TryFind(asked.Network)?.Id ?? "" : ""),
            EndpointID = status?.EndpointId ?? "",
            Gateway = status?.Gateway ?? "",
            IPAddress = status?.Address ?? "",
            IPPrefixLen = status?.PrefixLength ?? 0,
            IPv6Gateway = status?.Gateway6 ?? "",
            GlobalIPv6Address = status?.Address6 ?? "",
            GlobalIPv6PrefixLen = status?.PrefixLength6 ?? 0,
            DNSNames = ran && isOwn && version >= TellsNames ? ContainerNames.On(asked, SandboxRequest.Of(container.Spec)) : null,
        };
    }

    /// <summary>By <c>80/tcp</c>: where it is bound on the host, null for a port that is only exposed. Empty while there is no process.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Wire.PortBinding>?> Ports(Container container)
    {
        var ports = new SortedDictionary<string, IReadOnlyList<Wire.PortBinding>?>(StringComparer.Ordinal);
        if (container.Status.Network is not { IsPublishable: true } network)
            return ports;
        foreach (var exposed in container.Spec.Network.Exposed)
            ports[exposed.ToString()] = null;
        foreach (var bound in network.Ports.GroupBy(port => port.ContainerPort))
            ports[bound.Key.ToString()] = [.. bound.Select(ToBinding)];
        return ports;
    }

    /// <summary>One line per binding, and one per port that is only exposed.</summary>
    public static IReadOnlyList<Wire.PortSummary> PortList(Container container)
    {
        if (container.Status.Network is not { IsPublishable: true } network)
            return [];
        var list = new List<Wire.PortSummary>(network.Ports.Count);
        foreach (var bound in network.Ports)
        {
            list.Add(new Wire.PortSummary
            {
                IP = bound.HostAddress,
                PrivatePort = bound.ContainerPort.Port,
                PublicPort = bound.HostPort,
                Type = bound.ContainerPort.Protocol,
            });
        }
        var published = network.Ports.Select(bound => bound.ContainerPort).ToHashSet();
        foreach (var exposed in container.Spec.Network.Exposed)
        {
            if (!published.Contains(exposed))
                list.Add(new Wire.PortSummary { PrivatePort = exposed.Port, Type = exposed.Protocol });
        }
        // Stable: a port's addresses stay in the order they were bound.
        return list.Count < 2 ? list : [.. list.OrderBy(port => port.PrivatePort).ThenBy(port => port.Type, StringComparer.Ordinal)];
    }

    private static Wire.PortBinding ToBinding(BoundPort bound) => new() { HostIp = bound.HostAddress, HostPort = $"{bound.HostPort}" };
}
