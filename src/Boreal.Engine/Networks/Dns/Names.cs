using System.Collections.Concurrent;

namespace Boreal.Engine.Networks.Dns;

/// <summary>The names of all endpoints on this node, network by network. Reading never waits.</summary>
internal sealed class Names
{
    private readonly ConcurrentDictionary<string, NetworkNames> _networks = new(StringComparer.Ordinal);

    /// <summary>Names an endpoint, or names it otherwise.</summary>
    public void Set(string networkId, string endpointId, EndpointNames names) =>
        _networks.GetOrAdd(networkId, _ => new NetworkNames()).Set(endpointId, names);

    public void Remove(string networkId, string endpointId) => Of(networkId)?.Remove(endpointId);

    /// <summary>The names a service has on a network, and what they stand for.</summary>
    public void SetService(string networkId, string service, IReadOnlyDictionary<string, NameAddresses> answers) =>
        _networks.GetOrAdd(networkId, _ => new NetworkNames()).SetService(service, answers);

    public void RemoveService(string networkId, string service) => Of(networkId)?.SetService(service, new Dictionary<string, NameAddresses>());

    public void RemoveNetwork(string networkId) => _networks.TryRemove(networkId, out _);

    public NetworkNames? Of(string networkId) => _networks.GetValueOrDefault(networkId);
}
