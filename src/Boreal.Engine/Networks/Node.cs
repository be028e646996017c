using System.Net;
using Boreal.Engine.Networks.Addresses;
using Boreal.Engine.Networks.Balancing;
using Boreal.Engine.Networks.Dns;
using Boreal.Engine.Networks.Drivers;
using Boreal.Engine.Networks.Endpoints;
using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.Networks.Ports;
using Boreal.Engine.Networks.Sandboxes;
using Boreal.Linux.Netlink;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks;

/// <summary>The started parts of this node's network, which belong together.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly ILogger _logger;
    private readonly SandboxNames _names;
    private readonly NetworkRegistry _registry;
    private readonly string[] _tables;
    private readonly NameServer _nameServer;
    private FirewallKeeper? _keeper;
    private SandboxPools? _sandboxes;

    private Node(HostNetwork host, DefaultBridge bridge, NetworkOptions options, SandboxNames names, NetworkRegistry registry, TimeProvider time, ILogger logger)
    {
        _registry = registry;
        _logger = logger;
        _names = names;
        _tables = [options.Table, options.HostTable];
        Host = host;
        Bridge = bridge;
        Drivers = new DriverSet(new BridgeDriver(host, bridge.Mtu, logger), new MacvlanDriver(host));
        Subnets = new SubnetChooser(host, options.Pools);
        Firewall = new NetworkFirewall(host, options.Table, new HostRules(host, options.HostTable), options.PassesForeignFilters ? new ForeignFilter(host, options.Table, logger) : null);
        Ports = new PortBinder(host, options.PublishAddress);
        Publisher = new PortPublisher(host, Ports, Firewall, time);
        Wiring = new EndpointWiring(host, names);
        var called = new Names();
        Balancer = new Balancer(Firewall, called, new VirtualAddresses(host, registry), new ServicePorts(Ports, host, time), registry, new ListenerWatch(time), logger);
        _nameServer = new NameServer(host, called, time, logger);
        Naming = new EndpointNaming(called, _nameServer);
        Builder = new SandboxBuilder(host, bridge, names, isIsolated: !options.BridgeIcc, Naming);
        Reaper = new SandboxReaper(host, options.DoomedGroup, logger);
    }

    public HostNetwork Host { get; }

    public DefaultBridge Bridge { get; }

    public DriverSet Drivers { get; }

    public SubnetChooser Subnets { get; }

    public NetworkFirewall Firewall { get; }

    public Balancer Balancer { get; }

    public PortBinder Ports { get; }

    public PortPublisher Publisher { get; }

    public EndpointWiring Wiring { get; }

    public EndpointNaming Naming { get; }

    public SandboxReaper Reaper { get; }

    /// <summary>Prepared sandboxes.</summary>
    public SandboxPools Sandboxes => _sandboxes ?? throw new InvalidOperationException("the pools are filled once everything else is in place");

    private SandboxBuilder Builder { get; }

    public static Node Open(NetworkOptions options, SandboxNames names, NetworkRegistry registry, TimeProvider time, ILogger logger)
    {
        var taken = registry.Stored().SelectMany(network => network.Pools).Select(pool => IPNetwork.Parse(pool.Subnet)).ToList();
        var host = new HostNetwork(options.HostNamespace);
        try
        {
            return new Node(host, DefaultBridge.Ensure(host, options, taken, logger), options, names, registry, time, logger);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Makes what there is of a network in the kernel, or takes it over.</summary>
    public void Raise(Network network)
    {
        network.Driver.Raise(network);
        if (network.Bridge is not null) Firewall.AddNetwork(BridgeDriver.Rules(network));
    }

    /// <summary>Takes it away for good; no error when there is nothing.</summary>
    public void Lower(Network network)
    {
        Balancer.Forget(network);
        TakeDown(network);
    }

    /// <summary>What a killed process left: prepared sandboxes, those of containers that ended meanwhile, and links half made.</summary>
    public void BuryAllBut(IReadOnlyCollection<NetworkStatus> living)
    {
        var files = living.Where(status => status.SandboxId.Length > 0).Select(status => _names.PathOf(status.SandboxId)).ToHashSet(StringComparer.Ordinal);
        var links = living.SelectMany(status => status.Endpoints).Select(endpoint => _names.LinkOf(endpoint.EndpointId)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(_names.Directory).Where(path => !files.Contains(path)))
            Reaper.Bury(new DoomedSandbox(path, Links: []));
        var strays = NetworkTables.Links(Host.Route).Select(link => link.Name).Where(name => _names.IsLink(name) && !links.Contains(name)).ToList();
        if (strays.Count > 0) Reaper.Bury(new DoomedSandbox(Path: null, strays));
    }

    public void KeepFirewall() => _keeper = new FirewallKeeper(Host, _tables, Firewall, _logger);

    /// <summary>Begins to prepare sandboxes, for networks of the user's only where there are any.</summary>
    public void FillPools(int size, bool hasOwnNetworks)
    {
        _sandboxes = new SandboxPools(Builder, Reaper, _names, size, _logger);
        if (hasOwnNetworks) _sandboxes.Expect(SandboxKind.Loose);
    }

    /// <summary>Leaves the networks that somebody is on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null) await _keeper.DisposeAsync();
        if (_sandboxes is not null) await _sandboxes.DisposeAsync();
        Balancer.Dispose();
        await _nameServer.DisposeAsync();
        await Reaper.DisposeAsync();
        var networks = _registry.List();
        foreach (var network in networks.Where(network => network.Members.Count == 0)) TakeDown(network);
        if (networks.All(network => network.Bridge is null)) Firewall.Delete();
        Host.Dispose();
    }

    private void TakeDown(Network network)
    {
        Firewall.RemoveNetwork(network.Id);
        Naming.Forget(network);
        network.Driver.Lower(network);
    }
}
