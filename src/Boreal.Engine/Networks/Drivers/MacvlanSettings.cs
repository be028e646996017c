using System.Globalization;
using Boreal.Engine.Errors;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks.Drivers;

/// <summary>A macvlan network's driver options, read.</summary>
internal sealed record MacvlanSettings
{
    public const string ParentOption = "parent";
    private const string ModeOption = "macvlan_mode";
    private const int HighestVlan = 4094;

    /// <summary>The link on the host whose wire the containers are on.</summary>
    public required string Parent { get; init; }

    /// <summary>Nobody named a parent: one that leads nowhere is made.</summary>
    public required bool IsParentMade { get; init; }

    public MacvlanMode Mode { get; init; }

    /// <exception cref="EngineException">Internal, as Docker's: an option's value.</exception>
    public static MacvlanSettings Of(NetworkDefinition definition)
    {
        var parent = definition.Text(ParentOption);
        if (parent == "lo") throw Wrong("loopback interface is not a valid macvlan parent link");
        return new MacvlanSettings
        {
            Parent = parent.Length > 0 ? parent : $"dm-{definition.Id[..12]}",
            IsParentMade = parent.Length == 0,
            Mode = definition.Text(ModeOption) switch
            {
                "" or "bridge" => MacvlanMode.Bridge,
                "private" => MacvlanMode.Private,
                "passthru" => MacvlanMode.PassThrough,
                "vepa" => MacvlanMode.Vepa,
                var other => throw Wrong($"requested macvlan mode '{other}' is not valid, 'bridge' mode is the macvlan driver default"),
            },
        };
    }

    /// <summary><c>eth0.10</c> is VLAN 10 of eth0.</summary>
    /// <exception cref="EngineException">Internal, as Docker's: it is not of that form.</exception>
    public static (string Base, ushort Vlan) ParseVlan(string parent)
    {
        var dot = parent.LastIndexOf('.');
        if (dot <= 0 || !int.TryParse(parent.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var vlan))
            throw Wrong($"invalid subinterface vlan name {parent}, example formatting is eth0.10");
        if (vlan is < 1 or > HighestVlan) throw Wrong($"vlan id must be between 1-{HighestVlan}, received: {vlan}");
        return (parent[..dot], (ushort)vlan);
    }

    public static EngineException Wrong(string message) => new(ErrorKind.Internal, message);
}
