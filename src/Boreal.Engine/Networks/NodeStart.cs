using System.Collections.Concurrent;
using Boreal.Engine.Containers;
using Boreal.Engine.Networks.Addresses;
using Boreal.Engine.Networks.Drivers;
using Boreal.Engine.Networks.Endpoints;
using Boreal.Engine.Networks.Sandboxes;
using Boreal.Linux.Errors;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks;

/// <summary>
/// Daemon start: (1) the networks as recorded, (2) who runs on them, with addresses and ports, (3) the firewall in one go,
/// (4) away with what belongs to nobody.
/// </summary>
internal sealed partial class NodeStart(
    NetworkOptions options, SandboxNames names, NetworkIdentities identities, NetworkRegistry registry, TimeProvider time, ILogger logger)
{
    public Node Run(IReadOnlyCollection<(SandboxRequest Request, NetworkStatus Status)> live, ConcurrentDictionary<string, Attachment> attached)
    {
        Directory.CreateDirectory(names.Directory);
        var node = Node.Open(options, names, registry, time, logger);
        registry.Load(Networks(node));                                                                    // (1)
        foreach (var network in registry.List()) Raise(network);
        foreach (var network in registry.List().Where(network => network.Bridge is not null)) node.Firewall.AddNetwork(BridgeDriver.Rules(network));
        node.Balancer.Load();
        foreach (var (request, status) in live) TakeOver(node, request, status, attached);             // (2)

        node.Balancer.Start();
        node.Firewall.Start(attached.Values.SelectMany(node.Publisher.OwnOf));                            // (3)
        node.KeepFirewall();
        foreach (var attachment in attached.Values) attachment.StartProxies(node.Host, time);
        foreach (var (request, status) in live) Answer(node, request, status);
        if (registry.List().Any(network => network.Definition.Driver == MacvlanDriver.DriverName)) RemoveHalfMade(live);
        node.BuryAllBut([.. live.Select(one => one.Status)]);                                             // (4)
        node.FillPools(options.WarmSandboxes, registry.List().Any(network => network is { Bridge: not null, Definition.IsPredefined: false }));
        return node;
    }

    private IEnumerable<Network> Networks(Node node)
    {
        var bridge = PredefinedNetworks.DescribeBridge(node.Bridge, options, identities);
        yield return new Network(bridge, node.Drivers.Find(bridge), bridge.Pools.Select(PoolPlan.ToPool));
        yield return new Network(PredefinedNetworks.Describe(PredefinedNetworks.Host, "host", identities), node.Drivers.Absent, []);
        yield return new Network(PredefinedNetworks.Describe(PredefinedNetworks.None, "null", identities), node.Drivers.Absent, []);
        foreach (var definition in registry.Stored().OrderBy(definition => definition.Created))
        {
            yield return definition.IsConfigOnly
                ? new Network(definition, node.Drivers.Absent, [])
                : new Network(definition, node.Drivers.Find(definition), definition.Pools.Select(PoolPlan.ToPool));
        }
    }

    private void Raise(Network network)
    {
        try
        {
            network.Driver.Raise(network);
        }
        catch (Exception exception) when (!network.Definition.IsPredefined)
        {
            // The others go on; connecting to this one fails with a word about it.
            Log.CannotRaise(logger, network.Name, exception);
        }
    }

    private void TakeOver(Node node, SandboxRequest request, NetworkStatus status, ConcurrentDictionary<string, Attachment> attached)
    {
        foreach (var endpoint in status.Endpoints)
        {
            if (registry.TryFind(endpoint.NetworkId) is not { } network) continue;
            network.TakeOver(endpoint);
            network.Add(endpoint, request.Id);
        }

        // Without an id the sandbox is another container's.
        if (status.SandboxPath is null || status.SandboxId.Length == 0) return;
        var attachment = attached[status.SandboxId] = new Attachment { Group = node.Balancer.GroupOf(request) };
        if (GatewayChoice.Of(status.Endpoints).OfPorts is { } target)
        {
            attachment.Aim(target, status.Ports);
            attachment.Held.AddRange(node.Ports.Rebind(status.Ports, attachment.Group, (port, reason) => Log.CannotRebind(logger, port.HostPort, request.Id.Short, reason)));
        }

        node.Balancer.Follow(request, status, attachment);
    }

    /// <summary>Links on the host's wire have no end on the host to find them by: what is inside of a sandbox and nobody recorded goes.</summary>
    private void RemoveHalfMade(IReadOnlyCollection<(SandboxRequest Request, NetworkStatus Status)> live)
    {
        foreach (var (request, status) in live)
        {
            if (status.SandboxPath is not { } path || status.SandboxId.Length == 0) continue;
            try
            {
                using var sandbox = Sandbox.Open(status.SandboxId, path);
                EndpointWiring.RemoveAllBut(sandbox, MacvlanDriver.DriverName, status.Endpoints);
            }
            catch (LinuxException exception)
            {
                Log.CannotLookInto(logger, request.Id.Short, exception);
            }
        }
    }

    private void Answer(Node node, SandboxRequest request, NetworkStatus status)
    {
        try
        {
            node.Naming.Follow(request, status);
        }
        catch (Exception exception)
        {
            // The others must be answered; this one is when it is started again.
            Log.CannotAnswer(logger, request.Id.Short, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6134, Level = LogLevel.Warning, Message = "cannot look for links that a killed daemon left in container {Container}")]
        public static partial void CannotLookInto(ILogger logger, string container, Exception exception);

        [LoggerMessage(EventId = 6133, Level = LogLevel.Error, Message = "cannot answer questions for names in container {Container}; restart it")]
        public static partial void CannotAnswer(ILogger logger, string container, Exception exception);

        [LoggerMessage(EventId = 6130, Level = LogLevel.Warning, Message = "cannot hold port {Port} of container {Container} again: {Reason}")]
        public static partial void CannotRebind(ILogger logger, int port, string container, string reason);

        [LoggerMessage(EventId = 6132, Level = LogLevel.Error, Message = "cannot make network {Network} again; remove and create it")]
        public static partial void CannotRaise(ILogger logger, string network, Exception exception);
    }
}
