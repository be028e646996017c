namespace Boreal.Notation;

/// <summary>One port of a container on the host.</summary>
/// <param name="HostIp">The host's address without brackets; empty for all of them.</param>
/// <param name="HostPort">A port, a range such as <c>8000-8010</c> of which one is taken, or empty for any free one.</param>
/// <param name="ContainerPort">The port inside the container.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
public sealed record PortMapping(string HostIp, string HostPort, int ContainerPort, string Protocol)
{
    /// <summary>The port inside as the API writes it: <c>80/tcp</c>.</summary>
    public string Key => $"{ContainerPort}/{Protocol}";
}
