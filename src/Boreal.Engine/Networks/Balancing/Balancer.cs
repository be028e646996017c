using System.Net;
using Boreal.Engine.Containers;
using Boreal.Engine.Networks.Endpoints;
using Boreal.Engine.Networks.Firewall;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>
/// Who of a group gets new connections. It knows every running container; what the kernel's maps, the proxies and the
/// names say about a group follows from that, and is in force when a call returns.
/// </summary>
internal sealed class Balancer(NetworkFirewall firewall)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);

    /// <summary>A container has been connected, or otherwise than before.</summary>
    public void Follow(SandboxRequest request, NetworkStatus status, Attachment attachment)
    {
        lock (_lock)
        {
            _members[status.SandboxId] = new Member(request, status, attachment);
            Spread(request.Group);
        }
    }

    /// <summary>A container is on its way out; nothing leads to it any more.</summary>
    public void Forget(string sandboxId)
    {
        lock (_lock)
        {
            if (_members.Remove(sandboxId, out var member)) Spread(member.Request.Group);
        }
    }

    /// <summary>The container gets new connections, or none. Those it has go on.</summary>
    public void Withdraw(ContainerId container, bool isWithdrawn)
    {
        lock (_lock)
        {
            foreach (var (id, member) in _members.Where(one => one.Value.Request.Id == container && one.Value.IsWithdrawn != isWithdrawn).ToList())
            {
                _members[id] = member with { IsWithdrawn = isWithdrawn };
                Spread(member.Request.Group);
            }
        }
    }

    private void Spread(string group)
    {
        if (group.Length == 0) return;
        var all = _members.Values.Where(member => member.Request.Group == group).OrderBy(member => member.Request.Id.ToString(), StringComparer.Ordinal).ToList();
        var rotation = all.Where(member => !member.IsWithdrawn).ToList();
        firewall.Set(group, [.. Fronts(all, rotation)]);
        foreach (var port in all.SelectMany(member => member.Attachment.Held).GroupBy(held => held.Host))
            port.Key.Targets.Set(rotation.SelectMany(member => member.Attachment.TargetsOf(port.Key)));
    }

    /// <summary>One per published port, also for those with nobody behind: what is in the kernel then changes in one place.</summary>
    private IEnumerable<Front> Fronts(IReadOnlyList<Member> all, IReadOnlyList<Member> rotation)
    {
        var isSticky = all.Any(member => member.Request.IsSticky);
        var targets = rotation.SelectMany(SharedOf).ToLookup(port => port.Front, port => new FrontTarget(port.Container, port.Port.ContainerPort.Port));
        return all.SelectMany(SharedOf).Select(port => port.Front).Distinct().Select(front => front with { Targets = [.. targets[front]], BySource = isSticky });
    }

    private IEnumerable<PortTranslation> SharedOf(Member member) =>
        member.Attachment.Translations.Where(port => port.IsTranslated && !firewall.IsRouted(port));
}
