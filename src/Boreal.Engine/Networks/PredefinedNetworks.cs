using System.Collections.Frozen;
using System.Globalization;
using Boreal.Engine.Networks.Addresses;
using Boreal.Engine.Networks.Drivers;

namespace Boreal.Engine.Networks;

/// <summary>The networks that are always there.</summary>
public static class PredefinedNetworks
{
    public const string Bridge = "bridge";
    public const string Host = "host";
    public const string None = "none";

    public static FrozenSet<string> Names { get; } = [Bridge, Host, None];

    internal static NetworkDefinition DescribeBridge(DefaultBridge bridge, NetworkOptions options, NetworkIdentities identities) => new()
    {
        Id = identities.Of(Bridge),
        Name = Bridge,
        Created = identities.CreatedOf(Bridge),
        Driver = BridgeDriver.DriverName,
        IsLinkForeign = options.BridgeName is not null && !bridge.IsOwn,
        EnableIPv6 = options.BridgeHasIPv6,
        Pools = [.. PoolsOf(bridge, options)],
        Options = new Dictionary<string, string>
        {
            [BridgeSettings.DefaultBridgeOption] = "true",
            [BridgeSettings.IccOption] = options.BridgeIcc ? "true" : "false",
            [BridgeSettings.MasqueradeOption] = options.BridgeMasquerade ? "true" : "false",
            [BridgeSettings.HostBindingOption] = options.PublishAddress.Length > 0 ? options.PublishAddress : "0.0.0.0",
            [BridgeSettings.NameOption] = bridge.Name,
            [DriverOptions.Mtu] = bridge.Mtu.ToString(CultureInfo.InvariantCulture),
        },
    };

    private static IEnumerable<NetworkPool> PoolsOf(DefaultBridge bridge, NetworkOptions options)
    {
        yield return new NetworkPool
        {
            Subnet = AddressNumber.NetworkOf(bridge.Address.Address, bridge.Address.PrefixLength).ToString(),
            Range = options.BridgeRange?.ToString() ?? "",
            Gateway = bridge.Address.Address.ToString(),
        };
        if (options.BridgeHasIPv6) yield return PoolPlan.Chosen(options.BridgeNetwork6 ?? options.UniqueLocal.Pieces().First()) with { IsChosen = false };
    }

    internal static NetworkDefinition Describe(string name, string driver, NetworkIdentities identities) =>
        new() { Id = identities.Of(name), Name = name, Created = identities.CreatedOf(name), Driver = driver };
}
