using System.Net;

namespace Boreal.Linux.Netlink;

/// <summary>A socket that holds a port. <paramref name="IsIPv4Too"/>: one of IPv6 that takes the port of IPv4 as well.</summary>
public sealed record ListeningSocket(IPAddress Address, ushort Port, bool IsIPv4Too);
