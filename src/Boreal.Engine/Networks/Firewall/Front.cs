using System.Net;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>
/// Where connections arrive that several containers share: a port of this host, at one address or (null) at all, or a
/// virtual address with all its ports, which has no protocol and no port.
/// </summary>
internal sealed record Front(NftFamily Family, IPAddress? Address, byte Protocol, ushort Port)
{
    /// <summary>Those connections go to, in a stable order; with none they are refused.</summary>
    public IReadOnlyList<FrontTarget> Targets { get; init; } = [];

    /// <summary>Connections from one address go to one target; otherwise each goes to the next.</summary>
    public bool BySource { get; init; }

    public bool IsVirtual => Port == 0;

    public bool IsLoopback => !IsVirtual && Address is not null && IPAddress.IsLoopback(Address);

    /// <summary>Of chain and map. A port is one group's only, so its place names it.</summary>
    public string Name => IsVirtual ? $"virtual-{Spelled(Address)}" : $"port-{Protocol}-{Spelled(Address)}-{Port}";

    public bool Equals(Front? other) =>
        other is not null && IsSamePlace(other) && BySource == other.BySource && Targets.SequenceEqual(other.Targets);

    public override int GetHashCode() => HashCode.Combine(Family, Address, Protocol, Port);

    public bool IsSamePlace(Front other) => Family == other.Family && Protocol == other.Protocol && Port == other.Port && Equals(Address, other.Address);

    // nft(8) reads no colons in names.
    private static string Spelled(IPAddress? address) => address?.ToString().Replace(':', '_') ?? "any";
}
