using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Networks.Addresses;
using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.State;

namespace Boreal.Engine.Networks;

/// <summary>
/// The default bridge and where sandboxes live. Every kernel object's name follows from <see cref="ExecRoot"/>,
/// so that engines with roots of their own never meet.
/// </summary>
public sealed record NetworkOptions
{
    public const string DefaultExecRoot = "/run/boreal";
    private const string MachineIdFile = "/etc/machine-id";

    public required string ExecRoot { get; init; }

    /// <summary>Null: <c>boreal0</c> for the default root, a name made from the root otherwise.</summary>
    public string? BridgeName { get; init; }

    /// <summary>The bridge's address with its network's prefix length; null picks a free network.</summary>
    public IPNetworkAddress? BridgeAddress { get; init; }

    /// <summary>The part of the bridge's network that addresses are given out from; null is all of it.</summary>
    public IPNetwork? BridgeRange { get; init; }

    public bool BridgeHasIPv6 { get; init; }

    /// <summary>Null takes one of <see cref="UniqueLocal"/>.</summary>
    public IPNetwork? BridgeNetwork6 { get; init; }

    public bool BridgeIcc { get; init; } = true;

    public bool BridgeMasquerade { get; init; } = true;

    /// <summary>Null takes that of the link with the default route.</summary>
    public int? Mtu { get; init; }

    /// <summary>Where subnets of networks come from that ask for none.</summary>
    public IReadOnlyList<DefaultPool> DefaultPools { get; init; } = DefaultPool.All;

    /// <summary>As <see cref="DefaultPools"/>, with <see cref="UniqueLocal"/> where they have no IPv6.</summary>
    public IReadOnlyList<DefaultPool> Pools =>
        DefaultPools.Any(pool => pool.Family is AddressFamily.InterNetworkV6) ? DefaultPools : [.. DefaultPools, UniqueLocal];

    /// <summary>Append rules of ours to iptables' FORWARD chain where that drops by default, see <see cref="ForeignFilter"/>.</summary>
    public bool PassesForeignFilters { get; init; } = true;

    /// <summary>Where ports are published that name no address; empty is every address.</summary>
    public string PublishAddress { get; init; } = "";

    /// <summary>Prepared sandboxes kept ready, so that an attachment need not wait for the kernel; 0 prepares none.</summary>
    public int WarmSandboxes { get; init; } = 4;

    /// <summary>File of the network namespace that plays the host; null is this process's own.</summary>
    public string? HostNamespace { get; init; }

    /// <summary>IPv6 networks that belong to this engine on this machine and most probably to nobody else, as RFC 4193 has it.</summary>
    public DefaultPool UniqueLocal
    {
        get
        {
            var machine = File.Exists(MachineIdFile) ? File.ReadAllText(MachineIdFile).Trim() : Environment.MachineName;
            var hash = NameHash.Of($"{machine}/{RootHash}");
            return new DefaultPool(new IPNetwork(new IPAddress([0xFD, .. hash.AsSpan(0, 5), .. new byte[10]]), 48), 64);
        }
    }

    /// <summary>Identifies this engine in names of kernel objects.</summary>
    public string RootHash => NameHash.Hex(Path.TrimEndingDirectorySeparator(ExecRoot), 8);

    public string Bridge => BridgeName ?? (IsDefaultRoot ? "boreal0" : $"boreal-{RootHash}");

    /// <summary>The nftables tables, of families ip and ip6.</summary>
    public string Table => $"boreal-{RootHash}";

    /// <summary>The nftables table, of family inet, for the host's own rules.</summary>
    public string HostTable => IsDefaultRoot ? "boreal-host" : $"boreal-host-{RootHash}";

    /// <summary>What the names of our container links begin with; the endpoint's id follows.</summary>
    public string LinkPrefix => $"veth{RootHash[..5]}";

    /// <summary>The group our links are put into to be deleted together.</summary>
    public int DoomedGroup => Convert.ToInt32(RootHash[..7], 16) | 0x40000000;

    private bool IsDefaultRoot => Path.TrimEndingDirectorySeparator(ExecRoot) == DefaultExecRoot;

    /// <summary>The group that tells the default bridge we made from one that was there.</summary>
    public int OwnGroup => Convert.ToInt32(RootHash[..7], 16) | 0x20000000;

    public string NamespaceDirectory => Path.Combine(ExecRoot, "netns");
}
