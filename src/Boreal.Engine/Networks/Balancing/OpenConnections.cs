using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>Counts connections through the host to containers: those the kernel translates, and those a proxy carries.</summary>
internal static class OpenConnections
{
    public static IReadOnlyDictionary<ContainerId, int> Of(Node node, IReadOnlyList<Member> members)
    {
        var translated = members.SelectMany(AddressesOf).Distinct().GroupBy(address => address.AddressFamily)
            .SelectMany(family => ConnectionTracking.CountOpen(node.Host.Netfilter, family.Key is AddressFamily.InterNetworkV6, [.. family]))
            .ToDictionary(count => count.Key, count => count.Value);
        return members.ToDictionary(member => member.Request.Id, member => AddressesOf(member).Sum(address =>
            translated[address] + member.Attachment.Held.Select(held => held.Host).Distinct().Sum(host => host.Targets.OpenTo(address))));
    }

    private static IEnumerable<IPAddress> AddressesOf(Member member) =>
        member.Status.Endpoints.SelectMany(endpoint => (string[])[endpoint.Address, endpoint.Address6]).Where(text => text.Length > 0).Select(IPAddress.Parse);
}
