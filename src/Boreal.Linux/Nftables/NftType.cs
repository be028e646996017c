namespace Boreal.Linux.Nftables;

/// <summary>What a part of a set's key or a map's data is, by nft(8)'s numbers.</summary>
public enum NftType
{
    IPv4Address = 7,
    IPv6Address = 8,
    Protocol = 12,
    Port = 13,
    Number = 19,
    LinkName = 41,
}
