using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Addresses;
using Boreal.Engine.Networks.Drivers;
using Boreal.Engine.Networks.Sandboxes;

namespace Boreal.Engine.Networks.Endpoints;

/// <summary>From what was asked for to endpoints with addresses; gives everything back when one of them cannot be.</summary>
internal sealed class EndpointPlanner(NetworkRegistry registry)
{
    public const string DefaultPrefix = "eth";

    /// <summary>The container's networks, the one of its mode first: it gets eth0.</summary>
    /// <exception cref="EngineException">NotFound: a network. Forbidden: an address in use. Internal: none left.</exception>
    public IReadOnlyList<EndpointPlan> Plan(NetworkSpec spec)
    {
        if (spec.Mode == PredefinedNetworks.Host && spec.Networks.Any(asked => asked.Network != PredefinedNetworks.Host))
            throw new EngineException(ErrorKind.Invalid, "container sharing network namespace with another container or host cannot be connected to any other network");
        var plans = new List<EndpointPlan>();
        try
        {
            foreach (var asked in spec.Networks.OrderBy(asked => asked.Network != spec.Mode).ThenBy(asked => asked.Network, StringComparer.Ordinal))
                plans.Add(Plan(asked, plans.Select(plan => plan.Status)));
            return plans;
        }
        catch
        {
            foreach (var plan in plans) Abandon(plan);
            throw;
        }
    }

    /// <summary>One more, beside those there are.</summary>
    public EndpointPlan Plan(EndpointSpec asked, IEnumerable<EndpointStatus> present)
    {
        var network = registry.Find(asked.Network);
        if (network.Definition.IsConfigOnly)
            throw new EngineException(ErrorKind.Forbidden, $"cannot create endpoint on configuration-only network {network.Name}");
        network.Arrive();
        var taken = new List<(IPAddress Address, AddressPool Pool)>();
        try
        {
            if (network.TakeAddress(AddressFamily.InterNetwork, asked.IPv4Address) is { } four) taken.Add(four);
            if (network.Definition.EnableIPv6 && network.TakeAddress(AddressFamily.InterNetworkV6, asked.IPv6Address) is { } six) taken.Add(six);
            return new EndpointPlan(network, asked, Describe(network, asked, taken, present));
        }
        catch
        {
            foreach (var (address, pool) in taken) pool.Release(address);
            network.Leave();
            throw;
        }
    }

    /// <summary>Gives the addresses back: nothing of the endpoint is left.</summary>
    public static void Abandon(EndpointPlan plan)
    {
        plan.Network.Release(plan.Status);
        plan.Network.Leave();
    }

    private static EndpointStatus Describe(
        Network network, EndpointSpec asked, List<(IPAddress Address, AddressPool Pool)> taken, IEnumerable<EndpointStatus> present)
    {
        var status = new EndpointStatus
        {
            EndpointId = SandboxNames.CreateId(),
            NetworkId = network.Id,
            Network = network.Name,
            Driver = network.Definition.Driver,
            GatewayPriority = asked.GatewayPriority,
        };
        if (network.Driver is AbsentDriver) return status;
        var (gateway, gateway6) = network.Driver.Gateways(network);
        status = status with { Interface = InterfaceFor(network, asked, present), MacAddress = Text(HardwareAddress(asked, taken)) };
        foreach (var (address, pool) in taken)
        {
            status = pool.Family is AddressFamily.InterNetwork
                ? status with { Address = address.ToString(), PrefixLength = pool.Subnet.PrefixLength, Gateway = gateway }
                : status with { Address6 = address.ToString(), PrefixLength6 = pool.Subnet.PrefixLength, Gateway6 = gateway6 };
        }

        return status;
    }

    private static string InterfaceFor(Network network, EndpointSpec asked, IEnumerable<EndpointStatus> present)
    {
        if (EndpointOptions.InterfaceName(asked) is { Length: > 0 } name)
        {
            return present.All(endpoint => endpoint.Interface != name)
                ? name
                : throw new EngineException(ErrorKind.Conflict, $"interface name {name} for network {network.Name} is in use in the container already");
        }

        var prefix = network.Definition.Text(DriverOptions.InterfacePrefix) is { Length: > 0 } given ? given : DefaultPrefix;
        var used = present.Select(endpoint => endpoint.Interface).ToHashSet(StringComparer.Ordinal);
        for (var number = 0; ; number++)
        {
            if (!used.Contains($"{prefix}{number}")) return $"{prefix}{number}";
        }
    }

    private static PhysicalAddress HardwareAddress(EndpointSpec asked, List<(IPAddress Address, AddressPool Pool)> taken)
    {
        if (asked.MacAddress.Length > 0) return PhysicalAddress.Parse(asked.MacAddress);
        var four = taken.Find(one => one.Pool.Family is AddressFamily.InterNetwork).Address;
        return new PhysicalAddress([0x02, 0x42, .. four?.GetAddressBytes() ?? RandomNumberGenerator.GetBytes(4)]);
    }

    private static string Text(PhysicalAddress address) => string.Join(':', address.GetAddressBytes().Select(part => part.ToString("x2")));
}
