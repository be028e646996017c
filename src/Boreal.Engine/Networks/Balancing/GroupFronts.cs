using System.Net;
using Boreal.Engine.Networks.Firewall;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>From who is of a group and who gets connections to where they arrive and go.</summary>
internal static class GroupFronts
{
    /// <summary>One per published port and virtual address, also for those with nobody behind: nothing else is to answer there.</summary>
    public static IEnumerable<Front> Of(Group group, IReadOnlyList<Member> all, IReadOnlyList<Member> rotation, Func<PortTranslation, bool> isRouted)
    {
        var isSticky = group.Spec?.IsSticky ?? all.Any(member => member.Request.IsSticky);
        var targets = rotation.SelectMany(SharedOf).ToLookup(port => port.Front, port => new FrontTarget(port.Container, port.Port.ContainerPort.Port));
        foreach (var front in all.SelectMany(SharedOf).Select(port => port.Front).Distinct())
            yield return front with { Targets = [.. targets[front]], BySource = isSticky };
        foreach (var address in group.Addresses)
        {
            var places = rotation.Select(member => member.Status.On(address.NetworkId)).OfType<EndpointStatus>().ToList();
            if (address.Address.Length > 0) yield return Virtual(NftFamily.IPv4, address.Address, places.Select(place => place.Address));
            if (address.Address6.Length > 0) yield return Virtual(NftFamily.IPv6, address.Address6, places.Select(place => place.Address6));
        }

        IEnumerable<PortTranslation> SharedOf(Member member) => member.Attachment.Group.Length == 0
            ? []
            : member.Attachment.Translations.Where(port => port.IsTranslated && !isRouted(port));

        Front Virtual(NftFamily family, string address, IEnumerable<string> containers) => new(family, IPAddress.Parse(address), 0, 0)
        {
            Targets = [.. containers.Where(container => container.Length > 0).Select(container => new FrontTarget(IPAddress.Parse(container), Port: null))],
            BySource = isSticky,
        };
    }
}
