using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Addresses;
using Boreal.Engine.Networks.Firewall;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks.Drivers;

/// <summary>Networks that are a bridge on this host, with the bridge's own addresses as gateways.</summary>
internal sealed partial class BridgeDriver(HostNetwork host, int defaultMtu, ILogger logger) : INetworkDriver
{
    public const string DriverName = "bridge";

    public string Name => DriverName;

    public NetworkDefinition Prepare(NetworkDefinition definition, IEnumerable<Network> others)
    {
        var settings = BridgeSettings.Of(definition);
        if (definition.Pools.Count(pool => !pool.IsIPv6) > 1 || definition.Pools.Count(pool => pool.IsIPv6) > 1)
            throw new EngineException(ErrorKind.Forbidden, "bridge driver doesn't support multiple subnets");
        foreach (var other in others.Where(other => other.Bridge?.Name == settings.Name))
        {
            throw new EngineException(ErrorKind.Forbidden,
                $"cannot create network {definition.Id} ({settings.Name}): conflicts with network {other.Id} ({other.Bridge?.Name}): networks have same bridge name");
        }

        return host.Find(settings.Name) is { } link ? Adopt(definition, link) : definition;
    }

    public void Raise(Network network)
    {
        var settings = BridgeSettings.Of(network.Definition);
        var mtu = settings.Mtu ?? defaultMtu;
        if (host.IndexOf(settings.Name) is not { } index)
        {
            host.Route.Execute(new NetlinkRequest().AddBridge(settings.Name, [0x02, 0x42, .. Guid.NewGuid().ToByteArray().AsSpan(0, 4)], mtu));
            index = host.IndexOf(settings.Name) ?? throw new EngineException(ErrorKind.Internal, $"bridge {settings.Name} went away as soon as it was made");
        }

        var has6 = HasIPv6(network);
        AddAddresses(network, settings, index, has6);
        if (has6) TrySet($"ipv6/conf/{settings.Name}/disable_ipv6", "0");
        host.Route.Execute(new NetlinkRequest().SetUp(index).SetMtu(index, mtu));
        if (has6) TrySet("ipv6/conf/all/forwarding", "1");
        network.Bridge = new BridgeLink(settings.Name, index, mtu)
        {
            TranslatesLoopback = network.Definition.IsInternal || TrySet($"ipv4/conf/{settings.Name}/route_localnet", "1"),
            IsolatesPorts = !settings.Icc,
        };
    }

    public void Lower(Network network)
    {
        if (network.Bridge is not { } bridge) return;
        network.Bridge = null;
        if (network.Definition.IsLinkForeign) return;
        if (host.Route.TryExecute(new NetlinkRequest().Delete(bridge.Index)) is { Errno: not Errno.ENODEV } failure) throw failure;
    }

    public void Connect(Network network, EndpointLink link)
    {
        var bridge = network.Bridge ?? throw NotRaised(network);
        host.Route.Execute(new NetlinkRequest()
            .AddPair(link.Outer, bridge.Index, link.Inner, link.Namespace, bridge.Mtu)
            .SetPort(link.Outer, bridge.IsolatesPorts));
    }

    public (string IPv4, string IPv6) Gateways(Network network)
    {
        if (network.Definition.IsInternal) return ("", "");
        return (GatewayOf(AddressFamily.InterNetwork), HasIPv6(network) ? GatewayOf(AddressFamily.InterNetworkV6) : "");

        string GatewayOf(AddressFamily family) => network.PoolOf(family)?.Gateway?.ToString() ?? "";
    }

    /// <summary>What the firewall has to know of the network.</summary>
    public static NetworkRules Rules(Network network)
    {
        var definition = network.Definition;
        var settings = BridgeSettings.Of(definition);
        return new NetworkRules
        {
            Id = network.Id,
            Bridge = settings.Name,
            Subnet4 = network.PoolOf(AddressFamily.InterNetwork)?.Subnet,
            Subnet6 = HasIPv6(network) ? network.PoolOf(AddressFamily.InterNetworkV6)?.Subnet : null,
            Internal = definition.IsInternal,
            Icc = settings.Icc,
            Mode4 = settings.Mode4,
            Mode6 = settings.Mode6,
            Masquerade4 = settings.Masquerade,
            Masquerade6 = settings.Masquerade,
            Source4 = settings.HostAddress,
            HostBind = settings.HostBinding,
            TranslatesLoopback = network.Bridge?.TranslatesLoopback ?? true,
        };
    }

    public static EngineException NotRaised(Network network) =>
        new(ErrorKind.Internal, $"network {network.Name} could not be made when the daemon started; its log says why");

    /// <summary>A bridge that somebody else made is used as it is, if that can be without taking its addresses from them.</summary>
    private NetworkDefinition Adopt(NetworkDefinition definition, LinkEntry link)
    {
        if (link.Kind != "bridge")
            throw new EngineException(ErrorKind.Forbidden, $"cannot create network {definition.Name}: the host's interface {link.Name} is no bridge");
        var subnets = definition.Pools.Where(pool => !pool.IsIPv6).Select(pool => IPNetwork.Parse(pool.Subnet)).ToList();
        if (NetworkTables.Addresses(host.Route).FirstOrDefault(entry => entry.LinkIndex == link.Index && !subnets.Exists(subnet => subnet.Contains(entry.Address))) is { } other)
        {
            throw new EngineException(ErrorKind.Forbidden,
                $"cannot create network {definition.Name}: the host's bridge {link.Name} has address {other.Address}/{other.PrefixLength}, which is not in a subnet of the network; "
                + "name that subnet with --subnet, or another bridge");
        }

        return definition with { IsLinkForeign = true };
    }

    private static bool HasIPv6(Network network) => network.Definition.EnableIPv6 && network.PoolOf(AddressFamily.InterNetworkV6) is not null;

    private void AddAddresses(Network network, BridgeSettings settings, int index, bool has6)
    {
        if (!settings.InhibitIPv4 && settings.Mode4 is not GatewayMode.Isolated) Add(AddressFamily.InterNetwork, NetworkTables.Addresses);
        if (has6 && settings.Mode6 is not GatewayMode.Isolated) Add(AddressFamily.InterNetworkV6, NetworkTables.Addresses6);

        void Add(AddressFamily family, Func<NetlinkSocket, IReadOnlyList<AddressEntry>> existing)
        {
            if (network.PoolOf(family) is not { Gateway: { } gateway } pool) return;
            if (existing(host.Route).Any(entry => entry.LinkIndex == index && entry.Address.Equals(gateway))) return;
            // Enabled first: the kernel takes no IPv6 address for a link that is to have none.
            if (family is AddressFamily.InterNetworkV6) TrySet($"ipv6/conf/{settings.Name}/disable_ipv6", "0");
            host.Route.Execute(new NetlinkRequest().AddAddress(index, gateway, pool.Subnet.PrefixLength));
        }
    }

    private bool TrySet(string name, string value)
    {
        try
        {
            host.SetKernelSetting(name, value);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LinuxException)
        {
            Log.SettingRefused(logger, name, value, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6160, Level = LogLevel.Warning, Message = "cannot set /proc/sys/net/{Name} to {Value}; containers may not reach other hosts until it is set")]
        public static partial void SettingRefused(ILogger logger, string name, string value, Exception exception);
    }
}
