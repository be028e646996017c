using System.Net;

namespace Boreal.Linux.Netlink;

/// <summary>An address of a link.</summary>
public sealed record AddressEntry(int LinkIndex, IPAddress Address, int PrefixLength);
