namespace Boreal.Linux.Netlink;

/// <summary>The kernel's side of a netlink socket, see netlink(7).</summary>
public enum NetlinkFamily
{
    /// <summary>Links, addresses, routes: rtnetlink(7).</summary>
    Route = 0,

    /// <summary>Nftables and connection tracking.</summary>
    Netfilter = 12,
}
