using Boreal.Compose.Yaml;
using Boreal.Notation;

namespace Boreal.Compose.Canonical;

/// <summary>Ports: <c>[ip:][host[-end]:]container[-end][/proto]</c>; a range becomes one port each.</summary>
internal static class ShortPorts
{
    public static Node Expand(Node value)
    {
        if (value is not SequenceNode list) return value;
        var ports = new SequenceNode(list.Position);
        foreach (var item in list.Items)
        {
            if (item.Text is { } text) ports.Items.AddRange(Parse(text, item.Position));
            else ports.Items.Add(item);
        }

        return ports;
    }

    private static IEnumerable<Node> Parse(string text, SourcePosition position)
    {
        try
        {
            return PortSpec.Parse(text).OrderBy(port => port.Key, StringComparer.Ordinal).Select(port => Port(port, position));
        }
        catch (FormatException exception)
        {
            throw new ComposeException(position, $"port \"{text}\": {exception.Message}: write [IP:][HOST[-END]:]CONTAINER[-END][/PROTOCOL]", exception);
        }
    }

    private static MappingNode Port(PortMapping port, SourcePosition position)
    {
        var node = new MappingNode(position);
        node.Set("mode", ScalarNode.Of("ingress", position));
        if (port.HostIp.Length > 0) node.Set("host_ip", ScalarNode.Of(port.HostIp, position));
        node.Set("target", ScalarNode.Of(port.ContainerPort, position));
        if (port.HostPort.Length > 0) node.Set("published", ScalarNode.Of(port.HostPort, position));
        node.Set("protocol", ScalarNode.Of(port.Protocol, position));
        return node;
    }
}
