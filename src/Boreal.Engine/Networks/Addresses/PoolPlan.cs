using System.Net;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks.Addresses;

/// <summary>From a network's pools to what gives addresses out: gateway and auxiliary addresses are taken first.</summary>
internal static class PoolPlan
{
    /// <exception cref="EngineException">Internal: an auxiliary address is the gateway's.</exception>
    public static AddressPool ToPool(NetworkPool pool)
    {
        var subnet = IPNetwork.Parse(pool.Subnet);
        IPNetwork? range = pool.Range.Length > 0 ? IPNetwork.Parse(pool.Range) : null;
        var gateway = pool.Gateway.Length > 0 ? IPAddress.Parse(pool.Gateway) : FirstOf(range ?? subnet, subnet);
        foreach (var (name, address) in pool.Auxiliary ?? new Dictionary<string, string>())
        {
            if (IPAddress.Parse(address).Equals(gateway))
                throw new EngineException(ErrorKind.Internal, $"failed to allocate secondary ip address ({name}:{address}): Address already in use");
        }

        return new AddressPool(subnet, range, gateway, (pool.Auxiliary ?? new Dictionary<string, string>()).Values.Select(IPAddress.Parse));
    }

    /// <summary>A subnet the engine chose, with its gateway.</summary>
    public static NetworkPool Chosen(IPNetwork subnet) => new() { Subnet = subnet.ToString(), Gateway = FirstOf(subnet, subnet).ToString(), IsChosen = true };

    private static IPAddress FirstOf(IPNetwork range, IPNetwork subnet)
    {
        var first = AddressNumber.Of(range.BaseAddress);
        if (range.BaseAddress.Equals(subnet.BaseAddress) && AddressNumber.LastOf(range) > first) first++;
        return AddressNumber.ToAddress(first, subnet.BaseAddress.AddressFamily);
    }
}
