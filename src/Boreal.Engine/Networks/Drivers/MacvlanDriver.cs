using System.Net.Sockets;
using Boreal.Engine.Errors;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks.Drivers;

/// <summary>Networks on the wire of one of the host's links, or of a VLAN of it. The host itself and its containers do not reach each other there.</summary>
internal sealed class MacvlanDriver(HostNetwork host) : INetworkDriver
{
    public const string DriverName = "macvlan";

    public string Name => DriverName;

    public NetworkDefinition Prepare(NetworkDefinition definition, IEnumerable<Network> others)
    {
        var settings = MacvlanSettings.Of(definition);
        foreach (var other in others.Where(other => other.Definition.Driver == DriverName && !settings.IsParentMade))
        {
            var taken = MacvlanSettings.Of(other.Definition);
            if (taken.Parent == settings.Parent && (taken.Mode is MacvlanMode.PassThrough || settings.Mode is MacvlanMode.PassThrough))
                throw MacvlanSettings.Wrong($"cannot use mode passthru, macvlan network {other.Name} is already using parent interface {settings.Parent}");
        }

        if (settings.IsParentMade || host.Find(settings.Parent) is not null) return definition with { IsLinkForeign = !settings.IsParentMade };
        FindBase(settings.Parent);
        return definition;
    }

    public void Raise(Network network)
    {
        var settings = MacvlanSettings.Of(network.Definition);
        if (host.Find(settings.Parent) is { } parent)
        {
            host.Route.Execute(new NetlinkRequest().SetUp(parent.Index));
            return;
        }

        if (settings.IsParentMade) Make(new NetlinkRequest().AddDummy(settings.Parent), "dummy");
        else Make(new NetlinkRequest().AddVlan(settings.Parent, FindBase(settings.Parent), MacvlanSettings.ParseVlan(settings.Parent).Vlan), "VLAN");
    }

    public void Lower(Network network)
    {
        if (network.Definition.IsLinkForeign || host.Find(MacvlanSettings.Of(network.Definition).Parent) is not { } parent) return;
        if (host.Route.TryExecute(new NetlinkRequest().Delete(parent.Index)) is { Errno: not Errno.ENODEV } failure) throw failure;
    }

    public void Connect(Network network, EndpointLink link)
    {
        var settings = MacvlanSettings.Of(network.Definition);
        var parent = host.Find(settings.Parent)
            ?? throw new EngineException(ErrorKind.Internal, $"network {network.Name} has lost its parent interface {settings.Parent}: bring it back or create the network again");
        host.Route.Execute(new NetlinkRequest().AddMacvlan(link.Inner, parent.Index, settings.Mode, link.Namespace, link.Address.GetAddressBytes()));
    }

    public (string IPv4, string IPv6) Gateways(Network network)
    {
        if (network.Definition.IsInternal) return ("", "");
        return (GatewayOf(AddressFamily.InterNetwork), network.Definition.EnableIPv6 ? GatewayOf(AddressFamily.InterNetworkV6) : "");

        string GatewayOf(AddressFamily family) => network.PoolOf(family)?.Gateway?.ToString() ?? "";
    }

    private int FindBase(string parent)
    {
        var (name, _) = MacvlanSettings.ParseVlan(parent);
        return host.IndexOf(name) ?? throw MacvlanSettings.Wrong($"-o parent interface was not found on the host: {name}");
    }

    private void Make(NetlinkRequest link, string kind)
    {
        if (host.Route.TryExecute(link) is not { } failure) return;
        throw failure.Errno == Errno.EOPNOTSUPP
            ? MacvlanSettings.Wrong($"operation not supported: this kernel has no {kind} links, name a parent interface that exists, for example -o parent=eth0")
            : failure;
    }
}
