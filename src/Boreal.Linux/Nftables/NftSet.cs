namespace Boreal.Linux.Nftables;

/// <summary>The shape of a set or map. Each part of a key or of data fills a multiple of 4 bytes.</summary>
public sealed record NftSet(string Name, params IReadOnlyList<NftType> Key)
{
    /// <summary>What a map's elements give; empty for a set, and for a map to verdicts.</summary>
    public IReadOnlyList<NftType> Data { get; init; } = [];

    /// <summary>Elements give a chain to jump to.</summary>
    public bool Jumps { get; init; }

    /// <summary>
    /// Elements are ranges. Where the key has one part, each is a first key and, as an element of its own, the first one
    /// after it; where it has several, a first and a last one, part by part.
    /// </summary>
    public bool Ranges { get; init; }

    internal bool IsConcatenatedRanges => Ranges && Key.Count > 1;

    internal static int LengthOf(IReadOnlyList<NftType> parts) => parts.Sum(part => part is NftType.IPv6Address or NftType.LinkName ? 16 : 4);

    /// <summary>A part's own length, without what pads it.</summary>
    internal static int FieldLength(NftType part) => part switch
    {
        NftType.Protocol => 1,
        NftType.Port => 2,
        NftType.IPv4Address => 4,
        _ => 16,
    };

    /// <summary>How nft(8) shows a concatenation: six bits for every part's type.</summary>
    internal static int TypeOf(IReadOnlyList<NftType> parts) => parts.Aggregate(0, (sum, part) => sum << 6 | (int)part);
}
