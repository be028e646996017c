using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Networks.Drivers;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>
/// Takes addresses of networks for groups. The host has them on the network's bridge, so that it is asked for them and
/// gets what is sent there; the firewall leads it on.
/// </summary>
internal sealed class VirtualAddresses(HostNetwork host, NetworkRegistry registry)
{
    /// <summary>Addresses on a network; null where there can be none: its containers are not on a bridge of this host.</summary>
    public VirtualAddress? Take(string networkId)
    {
        if (registry.TryFind(networkId) is not { Bridge: not null, Driver: BridgeDriver } network) return null;
        var four = network.TakeAddress(AddressFamily.InterNetwork, "")?.Address.ToString() ?? "";
        try
        {
            var six = network.Definition.EnableIPv6 ? network.TakeAddress(AddressFamily.InterNetworkV6, "")?.Address.ToString() ?? "" : "";
            return new VirtualAddress(network.Id, four, six);
        }
        catch
        {
            network.Release(PlaceOf(network, four, ""));
            throw;
        }
    }

    /// <summary>After a restart: nobody else gets them. False when the network is gone.</summary>
    public bool TakeOver(VirtualAddress address)
    {
        if (registry.TryFind(address.NetworkId) is not { } network) return false;
        network.TakeOver(PlaceOf(network, address.Address, address.Address6));
        return true;
    }

    public void Release(VirtualAddress address)
    {
        if (registry.TryFind(address.NetworkId) is { } network) network.Release(PlaceOf(network, address.Address, address.Address6));
    }

    /// <summary>Gives the bridge the addresses; no error when it has them.</summary>
    public void Raise(VirtualAddress address) =>
        ForEach(address, Errno.EEXIST, (bridge, one, length) => new NetlinkRequest().AddAddress(bridge.Index, one, length));

    /// <summary>Takes them from the bridge; no error when it has them no more.</summary>
    public void Lower(VirtualAddress address) =>
        ForEach(address, Errno.EADDRNOTAVAIL, (bridge, one, length) => new NetlinkRequest().RemoveAddress(bridge.Index, one, length));

    private static EndpointStatus PlaceOf(Network network, string four, string six) =>
        new() { EndpointId = "", NetworkId = network.Id, Network = network.Name, Driver = network.Definition.Driver, Address = four, Address6 = six };

    private void ForEach(VirtualAddress address, int ordinary, Func<BridgeLink, IPAddress, int, NetlinkRequest> request)
    {
        if (registry.TryFind(address.NetworkId)?.Bridge is not { } bridge) return;
        foreach (var text in (string[])[address.Address, address.Address6])
        {
            if (text.Length == 0) continue;
            var one = IPAddress.Parse(text);
            var failure = host.Route.TryExecute(request(bridge, one, one.AddressFamily is AddressFamily.InterNetwork ? 32 : 128));
            if (failure is not null && failure.Errno != ordinary) throw failure;
        }
    }
}
