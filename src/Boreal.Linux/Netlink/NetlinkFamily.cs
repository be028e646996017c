namespace Boreal.Linux.Netlink;

/// <summary>The kernel's side of a netlink socket, see netlink(7).</summary>
public enum NetlinkFamily
{
    /// <summary>Links, addresses, routes: rtnetlink(7).</summary>
    Route = 0,

    /// <summary>The sockets there are: sock_diag(7).</summary>
    Sockets = 4,

    /// <summary>Nftables and connection tracking.</summary>
    Netfilter = 12,
}
