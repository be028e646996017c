using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Addresses;
using Boreal.Engine.Networks.Drivers;

namespace Boreal.Engine.Networks;

/// <summary>
/// A network with identity: what it is, which addresses are given out, and who is on it. Who is on it can be read
/// without a lock.
/// </summary>
public sealed class Network
{
    private readonly Lock _lock = new();
    private readonly INetworkDriver _driver;
    private readonly ImmutableArray<AddressPool> _pools;
    private volatile ImmutableDictionary<string, NetworkMember> _members = ImmutableDictionary<string, NetworkMember>.Empty;
    private int _arriving;
    private bool _isGone;

    internal Network(NetworkDefinition definition, INetworkDriver driver, IEnumerable<AddressPool> pools)
    {
        Definition = definition;
        _driver = driver;
        _pools = [.. pools];
    }

    public NetworkDefinition Definition { get; }

    public string Id => Definition.Id;

    public string Name => Definition.Name;

    /// <summary>Containers running on it, by the id of their endpoint.</summary>
    public IReadOnlyDictionary<string, NetworkMember> Members => _members;

    internal INetworkDriver Driver => _driver;

    /// <summary>What the driver has of it in the kernel; null until it is raised.</summary>
    internal BridgeLink? Bridge { get; set; }

    internal IReadOnlyList<AddressPool> Pools => _pools;

    /// <summary>The subnet of a family that addresses are first taken from.</summary>
    internal AddressPool? PoolOf(AddressFamily family) => _pools.FirstOrDefault(pool => pool.Family == family);

    /// <summary>Keeps the network from being removed until <see cref="Leave"/>.</summary>
    /// <exception cref="EngineException">NotFound: it has been removed.</exception>
    internal void Arrive()
    {
        lock (_lock)
        {
            if (_isGone) throw NotFound(Name);
            _arriving++;
        }
    }

    internal void Leave()
    {
        lock (_lock) _arriving--;
    }

    /// <summary>From now on nobody arrives. False, and nothing changes, while somebody is on it or when it is gone already.</summary>
    internal bool TryClose(out bool isGone)
    {
        lock (_lock)
        {
            isGone = _isGone;
            if (_isGone || _arriving > 0 || !_members.IsEmpty) return false;
            return _isGone = true;
        }
    }

    /// <summary>After a removal that failed.</summary>
    internal void Reopen()
    {
        lock (_lock) _isGone = false;
    }

    internal void Add(EndpointStatus endpoint, ContainerId container)
    {
        lock (_lock) _members = _members.Add(endpoint.EndpointId, new NetworkMember(container, endpoint));
    }

    /// <summary>False when nobody is there by that endpoint: who has gone once gives nothing back twice.</summary>
    internal bool Remove(string endpointId)
    {
        lock (_lock)
        {
            if (!_members.ContainsKey(endpointId)) return false;
            _members = _members.Remove(endpointId);
            return true;
        }
    }

    /// <summary>An address of the family: the one asked for, or one that is free. Null where the network has none of the family.</summary>
    /// <exception cref="EngineException">Forbidden: the address is in use. Internal: all are.</exception>
    internal (IPAddress Address, AddressPool Pool)? TakeAddress(AddressFamily family, string asked)
    {
        var pools = _pools.Where(pool => pool.Family == family).ToList();
        if (pools.Count == 0) return null;
        if (asked.Length > 0)
        {
            var address = IPAddress.Parse(asked);
            var pool = pools.FirstOrDefault(pool => pool.Subnet.Contains(address))
                ?? throw new EngineException(ErrorKind.Invalid, $"no configured subnet or ip-range contain the IP address {asked}");
            return pool.TryTake(address) ? (address, pool) : throw new EngineException(ErrorKind.Forbidden, "Address already in use");
        }

        foreach (var pool in pools)
        {
            if (pool.TryTake() is { } free) return (free, pool);
        }

        var version = family is AddressFamily.InterNetwork ? 4 : 6;
        throw new EngineException(ErrorKind.Internal, $"no available IPv{version} addresses on this network's address pools: {Name} ({Id})");
    }

    /// <summary>Takes addresses that are in use already.</summary>
    internal void TakeOver(EndpointStatus endpoint) => ForEach(endpoint, (pool, address) => pool.TryTake(address));

    internal void Release(EndpointStatus endpoint) => ForEach(endpoint, (pool, address) => pool.Release(address));

    internal static EngineException NotFound(string reference) => new(ErrorKind.NotFound, $"network {reference} not found");

    [SuppressMessage("Performance", "CA1859", Justification = "both families in turn")]
    private void ForEach(EndpointStatus endpoint, Action<AddressPool, IPAddress> act)
    {
        foreach (var text in (string[])[endpoint.Address, endpoint.Address6])
        {
            if (text.Length == 0) continue;
            var address = IPAddress.Parse(text);
            if (_pools.FirstOrDefault(pool => pool.Subnet.Contains(address)) is { } pool) act(pool, address);
        }
    }
}
