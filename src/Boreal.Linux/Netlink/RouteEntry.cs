using System.Net;

namespace Boreal.Linux.Netlink;

/// <summary>A route; <see cref="LinkIndex"/> is 0 where it has several next hops or none.</summary>
public sealed record RouteEntry(IPAddress Destination, int PrefixLength, int LinkIndex);
