using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Firewall;

namespace Boreal.Engine.Networks.Drivers;

/// <summary>A bridge network's driver options, read. What other engines' options mean nothing here is kept and shown, as Docker does.</summary>
internal sealed record BridgeSettings
{
    public const string NameOption = Prefix + "name";
    public const string IccOption = Prefix + "enable_icc";
    public const string MasqueradeOption = Prefix + "enable_ip_masquerade";
    public const string HostBindingOption = Prefix + "host_binding_ipv4";
    public const string DefaultBridgeOption = Prefix + "default_bridge";
    private const string Prefix = "com.docker.network.bridge.";
    private const string InhibitOption = Prefix + "inhibit_ipv4";
    private const string GatewayModeOption = Prefix + "gateway_mode_ipv4";
    private const string GatewayMode6Option = Prefix + "gateway_mode_ipv6";
    private const string HostAddressOption = "com.docker.network.host_ipv4";
    private const int LongestName = 15;

    /// <summary>The bridge's link on the host.</summary>
    public required string Name { get; init; }

    public int? Mtu { get; init; }

    /// <summary>Containers of the network reach each other.</summary>
    public bool Icc { get; init; }

    public bool Masquerade { get; init; }

    /// <summary>Where ports are published that name no address; null is every address, or what the daemon says.</summary>
    public IPAddress? HostBinding { get; init; }

    /// <summary>The source address of outgoing connections in place of the leaving link's own.</summary>
    public IPAddress? HostAddress { get; init; }

    public GatewayMode Mode4 { get; init; }

    public GatewayMode Mode6 { get; init; }

    /// <summary>The bridge gets no IPv4 address: somebody else is the gateway.</summary>
    public bool InhibitIPv4 { get; init; }

    /// <exception cref="EngineException">Invalid: an option's value.</exception>
    public static BridgeSettings Of(NetworkDefinition definition)
    {
        var name = definition.Text(NameOption);
        if (name.Length > LongestName || name.AsSpan().ContainsAny('/', ' '))
            throw new EngineException(ErrorKind.Invalid, $"invalid bridge name \"{name}\": an interface name has at most {LongestName} characters, no slash and no space");
        return new BridgeSettings
        {
            Name = name.Length > 0 ? name : $"br-{definition.Id[..12]}",
            Mtu = definition.PacketSize(),
            Icc = definition.Flag(IccOption, whenMissing: true),
            Masquerade = definition.Flag(MasqueradeOption, whenMissing: true),
            InhibitIPv4 = definition.Flag(InhibitOption, whenMissing: false),
            HostBinding = Address(definition, HostBindingOption),
            HostAddress = Address(definition, HostAddressOption),
            Mode4 = Mode(definition, GatewayModeOption),
            Mode6 = Mode(definition, GatewayMode6Option),
        };
    }

    private static IPAddress? Address(NetworkDefinition definition, string option)
    {
        var text = definition.Text(option);
        if (!definition.Options.ContainsKey(option)) return null;
        return IPAddress.TryParse(text, out var address) && address.AddressFamily is AddressFamily.InterNetwork
            ? address
            : throw DriverOptions.Invalid(option, text, "nil ip");
    }

    private static GatewayMode Mode(NetworkDefinition definition, string option)
    {
        var text = definition.Text(option);
        var mode = text switch
        {
            "" or "nat" => GatewayMode.Nat,
            "nat-unprotected" => GatewayMode.NatUnprotected,
            "routed" => GatewayMode.Routed,
            "isolated" => GatewayMode.Isolated,
            _ => throw DriverOptions.Invalid(option, text, $"unknown gateway mode {text}"),
        };
        return mode is GatewayMode.Isolated && !definition.IsInternal
            ? throw new EngineException(ErrorKind.Invalid, $"gateway mode 'isolated' can only be used for an internal network: {option}")
            : mode;
    }
}
