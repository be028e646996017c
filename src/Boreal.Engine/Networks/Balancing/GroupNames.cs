using System.Net;
using Boreal.Engine.Networks.Dns;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>What a group's names stand for on a network.</summary>
internal static class GroupNames
{
    private const string TasksPrefix = "tasks.";

    /// <summary>Clients may keep addresses of containers, which come and go, no longer than this.</summary>
    private const int Seconds = 1;

    public static IReadOnlyDictionary<string, NameAddresses> Of(Group group, string networkId, BalancedNetwork network, IReadOnlyList<Member> all)
    {
        var answers = new Dictionary<string, NameAddresses>(StringComparer.OrdinalIgnoreCase);
        var listed = Places(all.Where(group.Lists));
        var admitted = Places(group.Rotation(all));
        var own = network.IsVirtual ? group.Addresses.Find(address => address.NetworkId == networkId) : null;
        foreach (var name in network.Names)
        {
            if (admitted.Count + listed.Count > 0) answers[TasksPrefix + name] = Containers(admitted.Count > 0 ? admitted : listed);
            if (own is not null) answers[name] = new NameAddresses(Bytes([own.Address]), Bytes([own.Address6]));
            // With nobody ready the name stands for whoever has it as an alias, as without balancing: some must find each other to become ready.
            else if (admitted.Count > 0) answers[name] = Containers(admitted);
        }

        return answers;

        List<EndpointStatus> Places(IEnumerable<Member> members) => [.. members.Select(member => member.Status.On(networkId)).OfType<EndpointStatus>()];
    }

    private static NameAddresses Containers(List<EndpointStatus> places) =>
        new(Bytes(places.Select(place => place.Address)), Bytes(places.Select(place => place.Address6))) { Seconds = Seconds };

    private static byte[] Bytes(IEnumerable<string> addresses) =>
        [.. addresses.Where(address => address.Length > 0).SelectMany(address => IPAddress.Parse(address).GetAddressBytes())];
}
