using System.Net;
using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks.Endpoints;

/// <summary>What a living container holds on the host beside its links: its ports, where they lead, and their proxies.</summary>
internal sealed class Attachment : IDisposable
{
    /// <summary>The containers it shares ports with; empty where it has them for itself.</summary>
    public required string Group { get; set; }

    public List<HeldPort> Held { get; } = [];

    public IReadOnlyList<BoundPort> Ports => [.. Held.Select(held => held.Port)];

    /// <summary>The endpoint the ports lead to; null where there is no way in.</summary>
    public EndpointStatus? Target { get; private set; }

    public IReadOnlyList<PortTranslation> Translations { get; private set; } = [];

    /// <summary>Leads the ports to an endpoint; those are in force once the ports are opened.</summary>
    public void Aim(EndpointStatus target, IEnumerable<BoundPort> ports)
    {
        Target = target;
        var (four, six) = AddressesOf(target);
        Translations = [.. ports.Select(port => new PortTranslation(port, IsIPv6(port) ? six : four, target.NetworkId))];
    }

    /// <summary>A port of the host as it leads to an endpoint.</summary>
    public static PortTranslation Translate(BoundPort port, EndpointStatus target)
    {
        var (four, six) = AddressesOf(target);
        return new PortTranslation(port, IsIPv6(port) ? six : four, target.NetworkId);
    }

    public void Abandon()
    {
        Target = null;
        Translations = [];
    }

    /// <summary>Serves what the kernel does not translate. Where a group's ports lead the balancer says.</summary>
    public void StartProxies(HostNetwork host, TimeProvider time)
    {
        if (Target is null) return;
        foreach (var (port, held) in Held)
        {
            if (!held.HasSocket) continue;
            if (Group.Length == 0) held.Targets.Set([TargetOf(port)]);
            held.Serve(host, time);
        }
    }

    /// <summary>Ends serving; ports that are others' too are served on.</summary>
    public void StopProxies()
    {
        if (Group.Length > 0) return;
        foreach (var held in Held) held.Host.Pause();
    }

    /// <summary>Lets go of the ports of all that hold them: the process ends.</summary>
    public void Dispose()
    {
        foreach (var held in Held) held.Host.Dispose();
    }

    private IPEndPoint TargetOf(BoundPort port)
    {
        var (four, six) = AddressesOf(Target ?? throw new InvalidOperationException($"port {port.HostPort} leads nowhere"));
        return new IPEndPoint(IsIPv6(port) ? six : four, port.ContainerPort.Port);
    }

    private static bool IsIPv6(BoundPort port) => port.HostAddress.Contains(':', StringComparison.Ordinal);

    /// <summary>Where connections of either family go: to the container's address of the same family, if it has one.</summary>
    private static (IPAddress Four, IPAddress Six) AddressesOf(EndpointStatus target)
    {
        var four = target.Address.Length > 0 ? IPAddress.Parse(target.Address) : null;
        var six = target.Address6.Length > 0 ? IPAddress.Parse(target.Address6) : null;
        var any = four ?? six ?? throw new InvalidOperationException($"endpoint {target.EndpointId} has no address for its ports to lead to");
        return (four ?? any, six ?? any);
    }
}
