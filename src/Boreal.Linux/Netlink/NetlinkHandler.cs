namespace Boreal.Linux.Netlink;

/// <summary>Gets one entry of a dump: the message's type and what follows its header.</summary>
public delegate void NetlinkHandler(ushort type, ReadOnlySpan<byte> payload);
