using System.Net;
using Boreal.Api.Networks;

namespace Boreal.Cli.Parsing;

/// <summary>Puts ranges, gateways and auxiliary addresses to the subnets they lie in.</summary>
internal static class NetworkPools
{
    public static IReadOnlyList<NetworkIpamPool> Join(
        IReadOnlyList<string> subnets, IReadOnlyList<string> ranges, IReadOnlyList<string> gateways, IReadOnlyDictionary<string, string> auxiliary)
    {
        if (subnets.Count < ranges.Count || subnets.Count < gateways.Count)
            throw new FormatException("every ip-range or gateway must have a corresponding subnet");
        for (var i = 0; i < subnets.Count; i++)
        {
            if (subnets.Take(i).Any(other => Contains(other, subnets[i]) || Contains(subnets[i], other)))
                throw new FormatException("multiple overlapping subnet configuration is not supported");
        }

        var pools = subnets.Select(subnet => new NetworkIpamPool { Subnet = subnet }).ToList();
        foreach (var range in ranges)
        {
            var pool = Find(pools, range, "range");
            if (pool.IPRange is { } other) throw new FormatException($"cannot configure multiple ranges ({range}, {other}) on the same subnet ({pool.Subnet})");
            pool.IPRange = range;
        }

        foreach (var gateway in gateways)
        {
            var pool = Find(pools, gateway, "gateway");
            if (pool.Gateway is { } other) throw new FormatException($"cannot configure multiple gateways ({gateway}, {other}) for the same subnet ({pool.Subnet})");
            pool.Gateway = gateway;
        }

        foreach (var (name, address) in auxiliary)
        {
            var pool = Find(pools, address, "aux-address");
            pool.AuxiliaryAddresses = new Dictionary<string, string>(pool.AuxiliaryAddresses ?? new Dictionary<string, string>()) { [name] = address };
        }

        return pools;
    }

    private static NetworkIpamPool Find(List<NetworkIpamPool> pools, string inside, string what) =>
        pools.Find(pool => Contains(pool.Subnet ?? "", inside)) ?? throw new FormatException($"no matching subnet for {what} {inside}");

    /// <summary>What is no subnet contains nothing: the daemon says what is wrong with it.</summary>
    private static bool Contains(string subnet, string inside)
    {
        var slash = subnet.IndexOf('/');
        if (slash < 0 || !IPAddress.TryParse(subnet[..slash], out var address) || !int.TryParse(subnet[(slash + 1)..], out var length)) return false;
        if (!IPAddress.TryParse(inside.Split('/')[0], out var other) || other.AddressFamily != address.AddressFamily) return false;
        var (mine, theirs) = (address.GetAddressBytes(), other.GetAddressBytes());
        return length >= 0 && length <= mine.Length * 8 && Enumerable.Range(0, length).All(bit => Bit(mine, bit) == Bit(theirs, bit));
    }

    private static bool Bit(byte[] address, int index) => (address[index / 8] & (0x80 >> (index % 8))) != 0;
}
