using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Errors;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks.Addresses;

/// <summary>Chooses subnets for networks that ask for none: the first piece of the default pools that no network has and no route of the host leads to.</summary>
internal sealed class SubnetChooser(HostNetwork host, IReadOnlyList<DefaultPool> pools)
{
    /// <exception cref="EngineException">NotFound, in Docker's words: none is left.</exception>
    public IPNetwork Choose(AddressFamily family, IEnumerable<IPNetwork> taken)
    {
        var used = taken.Concat(OnHost(family)).Where(network => network.BaseAddress.AddressFamily == family).ToList();
        foreach (var pool in pools.Where(pool => pool.Family == family))
        {
            foreach (var piece in pool.Pieces())
            {
                if (!used.Exists(other => AddressNumber.Overlap(other, piece))) return piece;
            }
        }

        var version = family is AddressFamily.InterNetwork ? 4 : 6;
        throw new EngineException(ErrorKind.NotFound,
            $"could not find an available, non-overlapping IPv{version} address pool among the defaults to assign to the network; give it a subnet with --subnet");
    }

    /// <summary>A subnet this engine chose for the network and an older link on this host has too; null when there is none.</summary>
    public IPNetwork? Contested(Network network)
    {
        if (network.Bridge is not { } bridge) return null;
        foreach (var subnet in network.Definition.Pools.Where(pool => pool.IsChosen).Select(pool => IPNetwork.Parse(pool.Subnet)))
        {
            var addresses = subnet.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6 ? NetworkTables.Addresses6(host.Route) : NetworkTables.Addresses(host.Route);
            if (addresses.Any(entry => entry.LinkIndex < bridge.Index && AddressNumber.Overlap(AddressNumber.NetworkOf(entry.Address, entry.PrefixLength), subnet)))
                return subnet;
        }

        return null;
    }

    private IEnumerable<IPNetwork> OnHost(AddressFamily family)
    {
        var isIPv6 = family is AddressFamily.InterNetworkV6;
        var routes = isIPv6 ? NetworkTables.Routes6(host.Route) : NetworkTables.Routes(host.Route);
        var addresses = isIPv6 ? NetworkTables.Addresses6(host.Route) : NetworkTables.Addresses(host.Route);
        return routes.Where(route => route.PrefixLength > 0).Select(route => AddressNumber.NetworkOf(route.Destination, route.PrefixLength))
            .Concat(addresses.Select(entry => AddressNumber.NetworkOf(entry.Address, entry.PrefixLength)));
    }
}
