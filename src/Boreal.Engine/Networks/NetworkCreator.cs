using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Addresses;
using Boreal.Engine.Networks.Sandboxes;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks;

/// <summary>
/// Nothing -> network: (1) rules, (2) subnets, (3) record, (4) kernel, (5) show and announce. Killed after (3), the next
/// start of the daemon goes on; what fails before (5) leaves nothing.
/// </summary>
public sealed partial class NetworkCreator(NetworkRegistry registry, NetworkSandboxes sandboxes, NetworkEvents events, ILogger<NetworkCreator> logger)
{
    private const int Attempts = 8;

    private readonly Lock _creating = new();

    /// <param name="asked">The network as the client describes it; its pools are those asked for.</param>
    /// <exception cref="EngineException">Why there can be no such network, in Docker's words.</exception>
    public async Task<Network> CreateAsync(NetworkDefinition asked) => await Task.Run(() =>
    {
        lock (_creating) return Create(asked);
    });

    private Network Create(NetworkDefinition asked)
    {
        NetworkRequestRules.Check(asked);                                                                 // (1)
        if (registry.List().Any(network => network.Name == asked.Name))
            throw new EngineException(ErrorKind.Conflict, $"network with name {asked.Name} already exists");
        PoolRules.Check(asked.Pools);
        var definition = NetworkRequestRules.Merge(asked, registry);
        var node = sandboxes.Started;
        var network = definition.IsConfigOnly
            ? new Network(definition with { Driver = "null" }, node.Drivers.Absent, [])
            : Raise(node, definition);
        if (definition.IsConfigOnly) registry.Store(network.Definition);
        if (network.Bridge is not null) node.Sandboxes.Expect(SandboxKind.Loose);
        registry.Show(network);                                                                           // (5)
        events.Publish(network, "create");
        return network;
    }

    private Network Raise(Node node, NetworkDefinition definition)
    {
        var driver = node.Drivers.Find(definition);
        definition = driver.Prepare(definition, registry.List());
        var avoided = new List<IPNetwork>();
        for (var attempt = 1; ; attempt++)
        {
            var complete = Complete(node, definition, avoided);                                           // (2)
            var network = new Network(complete, driver, complete.Pools.Select(PoolPlan.ToPool));
            registry.Store(complete);                                                                     // (3)
            try
            {
                node.Raise(network);                                                                      // (4)
                var contested = attempt < Attempts ? node.Subnets.Contested(network) : null;
                if (contested is null) return network;
                // Another engine chose the same subnet at the same moment.
                avoided.Add(contested.Value);
                Withdraw(node, network);
            }
            catch
            {
                Withdraw(node, network);
                throw;
            }
        }
    }

    private void Withdraw(Node node, Network network)
    {
        try
        {
            node.Lower(network);
        }
        catch (Exception exception)
        {
            Log.CannotUndo(logger, network.Name, exception);
        }

        registry.Forget(network.Definition);
    }

    /// <summary>Adds the subnets nobody asked for, and holds the others against those there are.</summary>
    private NetworkDefinition Complete(Node node, NetworkDefinition definition, List<IPNetwork> avoided)
    {
        var pools = definition.Pools.OrderBy(pool => pool.IsIPv6).ToList();
        var taken = registry.List().SelectMany(network => network.Pools.Select(pool => (network.Name, pool.Subnet))).ToList();
        foreach (var subnet in pools.Select(pool => IPNetwork.Parse(pool.Subnet)))
        {
            foreach (var (name, other) in taken)
            {
                if (other.BaseAddress.AddressFamily == subnet.BaseAddress.AddressFamily && AddressNumber.Overlap(other, subnet))
                    throw new EngineException(ErrorKind.Forbidden, $"Pool overlaps with other one on this address space: {subnet} with {other} of network {name}");
            }

            taken.Add((definition.Name, subnet));
        }

        if (definition.EnableIPv4) AddChosen(AddressFamily.InterNetwork, isIPv6: false);
        if (definition.EnableIPv6) AddChosen(AddressFamily.InterNetworkV6, isIPv6: true);
        return definition with { Pools = pools };

        void AddChosen(AddressFamily family, bool isIPv6)
        {
            if (pools.Exists(pool => pool.IsIPv6 == isIPv6)) return;
            pools.Add(PoolPlan.Chosen(node.Subnets.Choose(family, taken.Select(one => one.Subnet).Concat(avoided))));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6170, Level = LogLevel.Warning, Message = "could not undo the creation of network {Network}")]
        public static partial void CannotUndo(ILogger logger, string network, Exception exception);
    }
}
