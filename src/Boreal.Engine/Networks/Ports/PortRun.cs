namespace Boreal.Engine.Networks.Ports;

/// <summary>Published ports that follow each other on both sides, each on the same addresses of the host.</summary>
internal sealed record PortRun(string Protocol, ushort ContainerPort, ushort HostPort, IReadOnlyList<string> HostAddresses, int Count)
{
    public bool IsFollowedBy(BoundPort port, IReadOnlyList<string> addresses) =>
        port.ContainerPort.Protocol == Protocol
        && port.ContainerPort.Port == ContainerPort + Count
        && port.HostPort == HostPort + Count
        && addresses.SequenceEqual(HostAddresses);
}
