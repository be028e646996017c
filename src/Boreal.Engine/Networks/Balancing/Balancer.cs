using System.Net;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks.Dns;
using Boreal.Engine.Networks.Endpoints;
using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.State;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>
/// Who of a group gets new connections. It knows every running container and what was asked for; what the kernel's maps,
/// the proxies and the names say about a group follows from that, and is in force when a call returns.
/// </summary>
internal sealed partial class Balancer(NetworkFirewall firewall, Names names, VirtualAddresses addresses, ServicePorts ports, NetworkRegistry networks, ListenerWatch listeners, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Table<BalanceRecord> _records = networks.Balances;
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private bool _isStarted;
    private long _arrivals;

    /// <summary>Goes on with what is recorded. The networks must be there; living containers follow, then <see cref="Start"/>.</summary>
    public void Load()
    {
        lock (_lock)
        {
            foreach (var (name, record) in _records.Load())
            {
                var group = _groups[name] = new Group(name) { Spec = record.Spec };
                group.Addresses.AddRange(record.Addresses.Where(addresses.TakeOver));
                ports.TakeOver(group, record.Ports, (port, reason) => Log.CannotRebind(logger, port.HostPort, name, reason));
            }
        }
    }

    /// <summary>Every living container is known now. Before, with some of them, the rest would lose what they have.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _isStarted = true;
            foreach (var name in _members.Values.Select(member => member.Group).Union(_groups.Keys).ToList()) Settle(name);
        }
    }

    /// <summary>The group a container is of: by its label, or because a service names it. Empty for none.</summary>
    public string GroupOf(SandboxRequest request)
    {
        if (request.Group.Length > 0) return request.Group;
        lock (_lock) return _groups.Values.FirstOrDefault(group => group.Spec?.Has(request.Id) == true)?.Name ?? "";
    }

    /// <summary>A container has been connected, or otherwise than before.</summary>
    public void Follow(SandboxRequest request, NetworkStatus status, Attachment attachment)
    {
        lock (_lock)
        {
            var known = _members.GetValueOrDefault(status.SandboxId);
            var member = new Member(request, status, attachment)
            {
                Arrival = known?.Arrival ?? ++_arrivals,
                IsReady = known?.IsReady ?? false,
                IsWithdrawn = known?.IsWithdrawn ?? request.IsPaused,
            };
            // Who was there before this process has been serving, or was just about to.
            if (known is null && !_isStarted) member = member with { IsReady = SocketsOf(member) is not var (path, asked) || ListenerWatch.Listens(path, asked) };
            _members[status.SandboxId] = member;
            if (known is null && !member.IsReady) Watch(member);
            Settle(attachment.Group);
        }
    }

    /// <summary>A container is on its way out; nothing leads to it any more.</summary>
    public void Forget(string sandboxId)
    {
        lock (_lock)
        {
            listeners.End(sandboxId);
            if (_members.Remove(sandboxId, out var member)) Settle(member.Group);
        }
    }

    /// <summary>The container gets new connections, or none. Those it has go on.</summary>
    public void Withdraw(ContainerId container, bool isWithdrawn) => Change(container, member => member with { IsWithdrawn = isWithdrawn });

    /// <summary>What the container's health checks say.</summary>
    public void SetHealthy(ContainerId container, bool isHealthy) => Change(container, member => member with { IsReady = isHealthy });

    /// <summary>What is asked for a service from now on.</summary>
    public BalanceStatus Apply(BalanceSpec spec)
    {
        lock (_lock)
        {
            var group = _groups.GetValueOrDefault(spec.Service) ?? new Group(spec.Service);
            var alone = _members.Values.Where(member => member.Group.Length == 0 && spec.Has(member.Request.Id)).Select(member => member.Attachment).ToList();
            // Before the service takes its ports: those of its containers are among them.
            foreach (var attachment in alone) ports.Adopt(attachment, spec.Service);
            ports.Take(group, spec);
            _groups[spec.Service] = group;
            group.Spec = spec;
            _records.Put(group.Name, group.Record);
            Settle(group.Name);
            // Only now, when the group's rules lead the same ports.
            firewall.Remove([.. alone.SelectMany(attachment => attachment.Translations).Where(port => !firewall.IsRouted(port))]);
            return group.Status;
        }
    }

    /// <summary>Nothing is asked for a service any more. Its living containers share their ports on by their labels.</summary>
    public void Remove(string service)
    {
        lock (_lock)
        {
            if (!_groups.TryGetValue(service, out var group)) return;
            group.Spec = null;
            _records.Put(group.Name, group.Record);
            Settle(service);
        }
    }

    public BalanceStatus? Find(string service)
    {
        lock (_lock) return _groups.GetValueOrDefault(service)?.Status;
    }

    /// <summary>The network goes: so do the virtual addresses there.</summary>
    public void Forget(Network network)
    {
        lock (_lock)
        {
            foreach (var group in _groups.Values)
            {
                group.NamedOn.Remove(network.Id);
                if (group.Addresses.RemoveAll(address => address.NetworkId == network.Id) > 0) _records.Put(group.Name, group.Record);
            }
        }
    }

    /// <summary>The containers of a service and their addresses on this host.</summary>
    public IReadOnlyList<Member> MembersOf(string service)
    {
        lock (_lock) return [.. _members.Values.Where(member => member.Group == service)];
    }

    /// <summary>The containers of every service that something is asked for.</summary>
    public ILookup<string, Member> MembersByService()
    {
        lock (_lock) return _members.Values.Where(member => _groups.GetValueOrDefault(member.Group)?.Spec is not null).ToLookup(member => member.Group, StringComparer.Ordinal);
    }

    /// <summary>Lets go of the services' ports; what is in the kernel stays for the next process.</summary>
    public void Dispose()
    {
        listeners.Dispose();
        lock (_lock)
        {
            foreach (var port in _groups.Values.SelectMany(group => group.Ports)) port.Held.Host.Dispose();
        }
    }

    private void Change(ContainerId container, Func<Member, Member> change)
    {
        lock (_lock)
        {
            foreach (var (id, member) in _members.Where(one => one.Value.Request.Id == container).ToList())
            {
                var changed = change(member);
                if (changed == member) continue;
                _members[id] = changed;
                Settle(member.Group);
            }
        }
    }

    private void Watch(Member member)
    {
        if (SocketsOf(member) is var (path, asked)) listeners.Start(member.Status.SandboxId, path, asked, () => SetHealthy(member.Request.Id, isHealthy: true));
    }

    /// <summary>By labels alone nobody says when a container can serve: its health checks do, or else these sockets in its network namespace.</summary>
    private static (string Path, IReadOnlyCollection<PortSpec> Ports)? SocketsOf(Member member) =>
        member.Request.Group.Length == 0 || member.Request.HasHealthChecks || member.Attachment.Held.Count == 0 || member.Status.SandboxPath is not { } path
            ? null
            : (path, [.. member.Attachment.Ports.Select(port => port.ContainerPort).Distinct()]);

    /// <summary>Makes everything about a group as it should be: addresses, then what leads to containers, then names; what is given up in the reverse order.</summary>
    private void Settle(string name)
    {
        if (name.Length == 0 || !_isStarted) return;
        var all = _members.Values.Where(member => member.Group == name).OrderBy(member => member.Request.Id.Value, StringComparer.Ordinal).ToList();
        if (!_groups.TryGetValue(name, out var group)) _groups[name] = group = new Group(name);
        var asked = group.NetworksFor(all).Select(asked => (Network: networks.TryFind(asked.Network), Asked: asked)).Where(one => one.Network is not null)
            .ToDictionary(one => one.Network!.Id, one => one.Asked);
        ports.Settle(group);
        Raise(group, asked);
        Lead(group, all);
        NameOn(group, asked, all);
        if (Lower(group, asked)) Lead(group, all);
        if (all.Count == 0 && group.Spec is null) _groups.Remove(name);
    }

    /// <summary>Connections go to those that get any, from now on.</summary>
    private void Lead(Group group, IReadOnlyList<Member> all)
    {
        var leading = new GroupFronts(group, all, firewall.IsRouted);
        firewall.Set(group.Name, [.. leading.Fronts()]);
        foreach (var port in all.SelectMany(member => member.Attachment.Held).Concat(group.Ports.Select(port => port.Held)).Select(held => held.Host).Distinct())
            port.Targets.Set(leading.TargetsOf(port));
    }

    private void Raise(Group group, Dictionary<string, BalancedNetwork> asked)
    {
        var count = group.Addresses.Count;
        foreach (var (id, _) in asked.Where(one => one.Value.IsVirtual && group.Addresses.TrueForAll(address => address.NetworkId != one.Key)))
        {
            if (addresses.Take(id) is { } taken) group.Addresses.Add(taken);
        }

        // Recorded first: killed in between, the next process finds what there is.
        if (group.Addresses.Count > count) _records.Put(group.Name, group.Record);
        foreach (var address in group.Addresses) addresses.Raise(address);
    }

    /// <summary>True when addresses are gone that connections still lead from.</summary>
    private bool Lower(Group group, Dictionary<string, BalancedNetwork> asked)
    {
        var obsolete = group.Addresses.Where(address => asked.GetValueOrDefault(address.NetworkId)?.IsVirtual != true).ToList();
        foreach (var address in obsolete) addresses.Lower(address);
        group.Addresses.RemoveAll(obsolete.Contains);
        if (group is { Spec: null, Addresses.Count: 0 }) _records.Delete(group.Name);
        else if (obsolete.Count > 0) _records.Put(group.Name, group.Record);
        foreach (var address in obsolete) addresses.Release(address);
        return obsolete.Count > 0;
    }

    private void NameOn(Group group, Dictionary<string, BalancedNetwork> asked, IReadOnlyList<Member> all)
    {
        foreach (var (id, network) in asked)
        {
            names.SetService(id, group.Name, GroupNames.Of(group, id, network, all));
            group.NamedOn.Add(id);
        }

        foreach (var id in group.NamedOn.Where(id => !asked.ContainsKey(id)).ToList())
        {
            names.RemoveService(id, group.Name);
            group.NamedOn.Remove(id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6180, Level = LogLevel.Warning, Message = "cannot hold port {Port} of service {Service} again: {Reason}")]
        public static partial void CannotRebind(ILogger logger, int port, string service, string reason);
    }
}
