using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.Networks.Ports;
using Boreal.Linux.Netlink;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks;

/// <summary>The started parts of this node's network, which belong together.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly ILogger _logger;
    private readonly SandboxNames _names;
    private readonly string[] _tables;
    private FirewallKeeper? _keeper;
    private SandboxPool? _linked;
    private SandboxPool? _bare;

    private Node(HostNetwork host, DefaultBridge bridge, NetworkOptions options, SandboxNames names, ILogger logger)
    {
        _logger = logger;
        _names = names;
        _tables = [options.Table, options.HostTable];
        Host = host;
        Bridge = bridge;
        Addresses = new AddressPool(bridge.Address);
        Firewall = new NetworkFirewall(host, options.Table, new HostRules(host, options.HostTable), options.PassesForeignFilters ? new ForeignFilter(host, options.Table, logger) : null);
        Ports = new PortBinder(host, options.PublishAddress);
        Builder = new SandboxBuilder(host, bridge, names);
        Reaper = new SandboxReaper(host, options.DoomedGroup, logger);
    }

    public HostNetwork Host { get; }

    public DefaultBridge Bridge { get; }

    public AddressPool Addresses { get; }

    public NetworkFirewall Firewall { get; }

    public PortBinder Ports { get; }

    public SandboxBuilder Builder { get; }

    public SandboxReaper Reaper { get; }

    /// <summary>A prepared sandbox, with a link on the bridge or with loopback only.</summary>
    public Sandbox Take(bool withLink) =>
        (withLink ? _linked : _bare)?.Take() ?? throw new InvalidOperationException("the pools are filled once everything else is in place");

    /// <summary>Living containers need the bridge and its table: disposing leaves them.</summary>
    public bool IsNeeded { get; set; }

    public static Node Open(NetworkOptions options, SandboxNames names, ILogger logger)
    {
        var host = new HostNetwork(options.HostNamespace);
        try
        {
            return new Node(host, DefaultBridge.Ensure(host, options, logger), options, names, logger);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>What a killed process left: prepared sandboxes, and those of containers that ended meanwhile.</summary>
    public void BuryAllBut(HashSet<string> living)
    {
        var files = living.Select(_names.PathOf).ToHashSet(StringComparer.Ordinal);
        var links = living.Select(_names.LinkOf).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(_names.Directory).Where(path => !files.Contains(path)))
            Reaper.Bury(new DoomedSandbox(path, Link: null));
        foreach (var link in NetworkTables.Links(Host.Route).Where(link => link.Master == Bridge.Index && _names.IsLink(link.Name) && !links.Contains(link.Name)))
            Reaper.Bury(new DoomedSandbox(Path: null, link.Name));
    }

    public void KeepFirewall() => _keeper = new FirewallKeeper(Host, _tables, Firewall, _logger);

    public void FillPools(int size)
    {
        _linked = new SandboxPool(Builder, Reaper, withLink: true, size, _logger);
        _bare = new SandboxPool(Builder, Reaper, withLink: false, (size + 1) / 2, _logger);
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null) await _keeper.DisposeAsync();
        if (_linked is not null) await _linked.DisposeAsync();
        if (_bare is not null) await _bare.DisposeAsync();
        await Reaper.DisposeAsync();
        if (!IsNeeded)
        {
            Firewall.Delete();
            Bridge.Remove(Host);
        }

        Host.Dispose();
    }
}
