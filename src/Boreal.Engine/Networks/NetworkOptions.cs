using System.Security.Cryptography;
using System.Text;
using Boreal.Engine.Networks.Addresses;
using Boreal.Engine.Networks.Firewall;

namespace Boreal.Engine.Networks;

/// <summary>
/// The default bridge and where sandboxes live. Every kernel object's name follows from <see cref="ExecRoot"/>,
/// so that engines with roots of their own never meet.
/// </summary>
public sealed record NetworkOptions
{
    public const string DefaultExecRoot = "/run/boreal";

    public required string ExecRoot { get; init; }

    /// <summary>Null: <c>boreal0</c> for the default root, a name made from the root otherwise.</summary>
    public string? BridgeName { get; init; }

    /// <summary>The bridge's address with its network's prefix length; null picks a free network.</summary>
    public IPNetworkAddress? BridgeAddress { get; init; }

    /// <summary>Null takes that of the link with the default route.</summary>
    public int? Mtu { get; init; }

    /// <summary>Where subnets of networks come from that ask for none.</summary>
    public IReadOnlyList<DefaultPool> DefaultPools { get; init; } = DefaultPool.All;

    /// <summary>Append rules of ours to iptables' FORWARD chain where that drops by default, see <see cref="ForeignFilter"/>.</summary>
    public bool PassesForeignFilters { get; init; } = true;

    /// <summary>Where ports are published that name no address; empty is every address.</summary>
    public string PublishAddress { get; init; } = "";

    /// <summary>Prepared sandboxes kept ready, so that an attachment need not wait for the kernel; 0 prepares none.</summary>
    public int WarmSandboxes { get; init; } = 4;

    /// <summary>File of the network namespace that plays the host; null is this process's own.</summary>
    public string? HostNamespace { get; init; }

    /// <summary>Identifies this engine in names of kernel objects.</summary>
    public string RootHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(ExecRoot))))[..8];

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

    public string NamespaceDirectory => Path.Combine(ExecRoot, "netns");
}
