using System.Net;
using Boreal.Engine.Networks.Endpoints;
using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.Networks.Ports;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>From who is of a group and who gets connections to where they arrive and go.</summary>
internal sealed class GroupFronts(Group group, IReadOnlyList<Member> all, Func<PortTranslation, bool> isRouted)
{
    private readonly IReadOnlyList<Member> _rotation = group.Rotation(all);

    private bool IsSticky => group.Spec?.IsSticky == true || all.Any(member => member.Request.IsSticky);

    /// <summary>One per port and virtual address, also for those with nobody behind: nothing else is to answer there.</summary>
    public IEnumerable<Front> Fronts()
    {
        var isSticky = IsSticky;
        var targets = _rotation.SelectMany(PortsOf).ToLookup(port => port.Front, port => new FrontTarget(port.Container, port.Port.ContainerPort.Port));
        foreach (var front in all.SelectMany(PortsOf).Select(port => port.Front).Distinct())
            yield return front with { Targets = [.. targets[front].Distinct()], BySource = isSticky };
        foreach (var address in group.Addresses)
        {
            var places = _rotation.Select(member => member.Status.On(address.NetworkId)).OfType<EndpointStatus>().ToList();
            if (address.Address.Length > 0) yield return Virtual(NftFamily.IPv4, address.Address, places.Select(place => place.Address));
            if (address.Address6.Length > 0) yield return Virtual(NftFamily.IPv6, address.Address6, places.Select(place => place.Address6));
        }

        Front Virtual(NftFamily family, string address, IEnumerable<string> containers) => new(family, IPAddress.Parse(address), 0, 0)
        {
            Targets = [.. containers.Where(container => container.Length > 0).Select(container => new FrontTarget(IPAddress.Parse(container), Port: null))],
            BySource = isSticky,
        };
    }

    /// <summary>Where the proxy takes what arrives at the host port's own socket.</summary>
    public IEnumerable<IPEndPoint> TargetsOf(HostPort port) => _rotation.SelectMany(PlacesOf)
        .Where(one => ReferenceEquals(one.Held.Host, port)).Select(one => new IPEndPoint(one.Translation.Container, one.Held.Port.ContainerPort.Port)).Distinct();

    private IEnumerable<PortTranslation> PortsOf(Member member) => PlacesOf(member)
        .Where(one => !one.Held.Host.IsHosted && one.Translation.IsTranslated && !isRouted(one.Translation)).Select(one => one.Translation);

    /// <summary>The ports that lead to a container: those it publishes, and the service's.</summary>
    private IEnumerable<(HeldPort Held, PortTranslation Translation)> PlacesOf(Member member)
    {
        var published = member.Attachment.Held.Zip(member.Attachment.Translations);
        return GatewayChoice.Of(member.Status.Endpoints).OfPorts is { } target
            ? published.Concat(group.Ports.Select(port => (port.Held, Attachment.Translate(port.Held.Port, target))))
            : published;
    }
}
