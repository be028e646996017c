namespace Boreal.Linux.Nftables;

/// <summary>The packets a table sees.</summary>
public enum NftFamily
{
    /// <summary>Both of IPv4 and IPv6.</summary>
    Inet = 1,
    IPv4 = 2,
    IPv6 = 10,
}
