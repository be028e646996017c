using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>
/// The rules of all networks of this node: a table for IPv4 and one for IPv6, changed together in transactions. What the
/// tables should hold is kept here, so that they can be made anew at any time.
/// </summary>
internal sealed class NetworkFirewall
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, NetworkRules> _networks = new(StringComparer.Ordinal);
    private readonly HashSet<PortTranslation> _ports = [];
    private readonly Dictionary<string, IReadOnlyList<Front>> _fronts = new(StringComparer.Ordinal);
    private readonly HostNetwork _host;
    private readonly HostRules _hostRules;
    private readonly ForeignFilter? _foreign;
    private readonly string _table;
    private readonly IReadOnlyList<FamilyTable> _tables;
    private bool _isStarted;

    public NetworkFirewall(HostNetwork host, string table, HostRules hostRules, ForeignFilter? foreign)
    {
        _host = host;
        _hostRules = hostRules;
        _foreign = foreign;
        _table = table;
        NftFamily[] families = host.KnowsIPv6 ? [NftFamily.IPv4, NftFamily.IPv6] : [NftFamily.IPv4];
        _tables = [.. families.Select(family => new FamilyTable(family, table))];
    }

    private bool TranslatesLoopback => _networks.Values.All(network => network.TranslatesLoopback);

    /// <summary>Replaces everything in one transaction. What was added before is in it.</summary>
    public void Start(IEnumerable<PortTranslation> ports)
    {
        lock (_lock)
        {
            _ports.UnionWith(ports.Where(port => port.IsTranslated));
            _hostRules.Ensure();
            Rebuild();
            _isStarted = true;
            _foreign?.Keep(Bridges());
        }
    }

    /// <summary>Puts our rules in the foreign chain in order; false when they were.</summary>
    public bool PassForeign()
    {
        lock (_lock) return _isStarted && _foreign?.Keep(Bridges()) == true;
    }

    /// <summary>Makes everything anew as it should be.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            if (!_isStarted) return;
            _hostRules.Ensure();
            Rebuild();
            _foreign?.Keep(Bridges());
        }
    }

    public NetworkRules? Find(string id)
    {
        lock (_lock) return _networks.GetValueOrDefault(id);
    }

    /// <summary>The port is not translated but open at the container's own address.</summary>
    public bool IsRouted(PortTranslation port) => Find(port.NetworkId)?.Mode(port.Family) is GatewayMode.Routed;

    /// <summary>Adds a network, or changes one.</summary>
    public void AddNetwork(NetworkRules network)
    {
        lock (_lock)
        {
            var translated = TranslatesLoopback;
            var old = _networks.GetValueOrDefault(network.Id);
            _networks[network.Id] = network;
            Change(
                batch =>
                {
                    // The rule about loopback is one for all networks.
                    if (translated != TranslatesLoopback)
                    {
                        Write(batch);
                        return;
                    }

                    foreach (var table in _tables)
                    {
                        if (old is not null) table.Remove(batch, old);
                        table.Add(batch, network);
                    }
                },
                undo: () =>
                {
                    if (old is null) _networks.Remove(network.Id);
                    else _networks[network.Id] = old;
                });
            PassForeign();
        }
    }

    /// <summary>Takes a network away; no error when there is none.</summary>
    public void RemoveNetwork(string id)
    {
        lock (_lock)
        {
            if (!_networks.Remove(id, out var network)) return;
            Change(batch =>
            {
                foreach (var table in _tables) table.Remove(batch, network);
            });
            PassForeign();
        }
    }

    /// <summary>Leads ports to containers: all of them, or none.</summary>
    public void Add(IReadOnlyCollection<PortTranslation> ports)
    {
        lock (_lock)
        {
            var added = ports.Where(port => port.IsTranslated && _ports.Add(port)).ToList();
            Change(
                batch =>
                {
                    foreach (var table in _tables) table.Add(batch, added, IsRoutedHere);
                },
                undo: () => _ports.ExceptWith(added));
            // Senders of datagrams may have been at it before the container was there.
            foreach (var family in added.Where(port => port.Port.ContainerPort.Protocol == "udp").GroupBy(port => port.Family))
                ConnectionTracking.ForgetDatagrams(_host.Netfilter, family.Key is NftFamily.IPv6, family.Select(port => port.Port.HostPort).ToHashSet());
        }
    }

    public void Remove(IReadOnlyCollection<PortTranslation> ports)
    {
        lock (_lock)
        {
            var removed = ports.Where(_ports.Remove).ToList();
            Change(batch =>
            {
                foreach (var table in _tables) table.Remove(batch, removed, IsRoutedHere);
            });
        }
    }

    /// <summary>
    /// What a group's containers are behind from now on. On return new connections go as it says; those there are go on
    /// as they began, but for datagrams to who is no target any more.
    /// </summary>
    public void Set(string group, IReadOnlyList<Front> fronts)
    {
        lock (_lock)
        {
            var old = _fronts.GetValueOrDefault(group, []);
            if (old.SequenceEqual(fronts)) return;
            Keep(group, fronts);
            Change(
                batch =>
                {
                    foreach (var table in _tables) table.Change(batch, old, fronts);
                },
                undo: () => Keep(group, old));
            if (_isStarted) ForgetDatagrams(old, fronts);
        }
    }

    /// <summary>Takes the tables away; no error when there are none.</summary>
    public void Delete()
    {
        lock (_lock)
        {
            _isStarted = false;
            _foreign?.Withdraw();
            _hostRules.Withdraw();
            var batch = new NftBatch();
            foreach (var table in _tables) batch.In(table.Family).AddTable(_table).DeleteTable(_table);
            batch.Commit(_host.Netfilter);
        }
    }

    private void Keep(string group, IReadOnlyList<Front> fronts)
    {
        if (fronts.Count > 0) _fronts[group] = fronts;
        else _fronts.Remove(group);
    }

    /// <summary>A client that goes on sending would be led where its first datagram went for ever: to nobody, or past the targets.</summary>
    private void ForgetDatagrams(IReadOnlyList<Front> old, IReadOnlyList<Front> fronts)
    {
        foreach (var family in _tables.Select(table => table.Family))
        {
            var isIPv6 = family is NftFamily.IPv6;
            var kept = fronts.Where(front => front.Family == family).ToList();
            var gone = old.Where(front => front.Family == family).SelectMany(front => front.Targets)
                .Except(kept.SelectMany(front => front.Targets)).Select(target => target.Address).ToHashSet();
            if (gone.Count > 0) ConnectionTracking.ForgetDatagrams(_host.Netfilter, isIPv6, gone);
            var opened = kept.Where(front => front is { Protocol: NftElement.Udp, Targets.Count: > 0 } && !old.Any(other => front.IsSamePlace(other) && other.Targets.Count > 0))
                .Select(front => front.Port).ToHashSet();
            if (opened.Count > 0) ConnectionTracking.ForgetDatagrams(_host.Netfilter, isIPv6, opened);
        }
    }

    private IReadOnlyList<string> Bridges() => [.. _networks.Values.Select(network => network.Bridge)];

    private bool IsRoutedHere(PortTranslation port) => _networks.GetValueOrDefault(port.NetworkId)?.Mode(port.Family) is GatewayMode.Routed;

    /// <summary>What cannot be carried out is undone here too: it must not stand in the way of all that comes after it.</summary>
    private void Change(Action<NftBatch> write, Action? undo = null)
    {
        if (!_isStarted) return;
        var batch = new NftBatch();
        write(batch);
        if (!batch.HasChanges) return;
        // Somebody else may have flushed a table or a part of it: then all is made anew from what should be there.
        if (batch.TryCommit(_host.Netfilter) is null) return;
        try
        {
            Rebuild();
        }
        catch (LinuxException)
        {
            undo?.Invoke();
            throw;
        }
    }

    private void Rebuild()
    {
        var batch = new NftBatch();
        Write(batch);
        batch.Commit(_host.Netfilter);
    }

    private void Write(NftBatch batch)
    {
        foreach (var table in _tables)
        {
            table.Create(batch, TranslatesLoopback);
            foreach (var network in _networks.Values) table.Add(batch, network);
            table.Add(batch, _ports, IsRoutedHere);
            table.Change(batch, [], _fronts.Values.SelectMany(fronts => fronts));
        }
    }
}
