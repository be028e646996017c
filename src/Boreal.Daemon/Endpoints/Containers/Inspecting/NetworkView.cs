using Boreal.Engine.Containers;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Ports;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Inspecting;

/// <summary>A container's networks as inspect and list show them.</summary>
internal static class NetworkView
{
    private const string Container = "container:";

    public static Wire.NetworkSettings Describe(Container container)
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
            MacAddress = bridge?.MacAddress ?? container.Spec.Network.MacAddress ?? "",
            Networks = Endpoints(container),
        };
    }

    /// <summary>By network name. A container in another's network has none of its own.</summary>
    public static IReadOnlyDictionary<string, Wire.EndpointSettings> Endpoints(Container container)
    {
        var mode = container.Spec.Network.Mode;
        if (mode.StartsWith(Container, StringComparison.Ordinal))
            return new Dictionary<string, Wire.EndpointSettings>();
        var network = container.Status.Network;
        var bridge = network?.Bridge;
        var endpoint = new Wire.EndpointSettings
        {
            MacAddress = bridge?.MacAddress ?? container.Spec.Network.MacAddress ?? "",
            NetworkID = network?.NetworkId ?? "",
            EndpointID = network?.EndpointId ?? "",
            Gateway = bridge?.Gateway ?? "",
            IPAddress = bridge?.Address ?? "",
            IPPrefixLen = bridge?.PrefixLength ?? 0,
        };
        return new Dictionary<string, Wire.EndpointSettings>(1) { [mode] = endpoint };
    }

    /// <summary>By <c>80/tcp</c>: where it is bound on the host, null for a port that is only exposed. Empty while there is no process.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Wire.PortBinding>?> Ports(Container container)
    {
        var ports = new SortedDictionary<string, IReadOnlyList<Wire.PortBinding>?>(StringComparer.Ordinal);
        if (container.Status.Network is not { Bridge: not null } network)
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
        if (container.Status.Network is not { Bridge: not null } network)
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
        foreach (var exposed in container.Spec.Network.Exposed)
        {
            if (!network.Ports.Any(bound => bound.ContainerPort == exposed))
                list.Add(new Wire.PortSummary { PrivatePort = exposed.Port, Type = exposed.Protocol });
        }
        // Stable: a port's addresses stay in the order they were bound.
        return list.Count < 2 ? list : [.. list.OrderBy(port => port.PrivatePort).ThenBy(port => port.Type, StringComparer.Ordinal)];
    }

    private static Wire.PortBinding ToBinding(BoundPort bound) => new() { HostIp = bound.HostAddress, HostPort = $"{bound.HostPort}" };
}
