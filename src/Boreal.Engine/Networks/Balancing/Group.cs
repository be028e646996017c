using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>Containers that clients find in one place: asked for by a spec, or by labels alone. The balancer's lock guards it.</summary>
internal sealed class Group(string name)
{
    public string Name => name;

    public BalanceSpec? Spec { get; set; }

    public List<VirtualAddress> Addresses { get; } = [];

    /// <summary>Ports the service has for itself.</summary>
    public List<(BalancedPort Asked, HeldPort Held)> Ports { get; } = [];

    /// <summary>Networks on which the group's names are set.</summary>
    public HashSet<string> NamedOn { get; } = new(StringComparer.Ordinal);

    public BalanceRecord Record => new(Spec, [.. Addresses]) { Ports = [.. Ports.Select(port => port.Held.Port)] };

    public BalanceStatus Status => new(Name, Spec?.Revision ?? 0, [.. Addresses], [.. Ports.Select(port => port.Held.Port)]);

    /// <summary>
    /// Those that get new connections. By labels alone those that can serve; while none is known to, the first that came: what a
    /// client then meets is what he meets at a container that has the port for itself.
    /// </summary>
    public IReadOnlyList<Member> Rotation(IReadOnlyList<Member> all)
    {
        var present = all.Where(member => !member.IsWithdrawn).ToList();
        if (Spec is not null) return present.FindAll(member => Spec.Containers.Any(one => one.Id == member.Request.Id && !one.IsDraining));
        var ready = present.FindAll(member => member.IsReady);
        return ready.Count > 0 ? ready : [.. present.OrderBy(member => member.Arrival).Take(1)];
    }

    /// <summary>Is to be found by the service's other containers, ready or not.</summary>
    public bool Lists(Member member) =>
        !member.IsWithdrawn && Spec?.Containers.Any(one => one.Id == member.Request.Id && one.IsDraining) != true;

    /// <summary>Where the group has names: as the spec says, or by label on every network of names that one of them is on.</summary>
    public IReadOnlyList<BalancedNetwork> NetworksFor(IReadOnlyList<Member> members)
    {
        if (Spec is not null) return Spec.Networks;
        return [.. members.Where(member => member.Request.ServiceName.Length > 0)
            .SelectMany(member => member.Status.Endpoints.Where(endpoint => endpoint.HasNames), (member, endpoint) => (endpoint.NetworkId, member.Request.ServiceName))
            .GroupBy(one => one.NetworkId, (network, names) => new BalancedNetwork(network, IsVirtual: true, [.. names.Select(one => one.ServiceName).Distinct(StringComparer.OrdinalIgnoreCase)]))];
    }
}
