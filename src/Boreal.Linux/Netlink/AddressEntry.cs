using System.Net;

namespace Boreal.Linux.Netlink;

/// <summary>An IPv4 address of a link.</summary>
public sealed record AddressEntry(int LinkIndex, IPAddress Address, int PrefixLength);
