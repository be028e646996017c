namespace Boreal.Linux.Nftables;

/// <summary>What a part of a map's key or data is, by nft(8)'s numbers.</summary>
public enum NftType
{
    IPv4Address = 7,
    Protocol = 12,
    Port = 13,
}
