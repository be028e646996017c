using System.Collections.Concurrent;
using System.Net;

namespace Boreal.Engine.Networks.Dns;

/// <summary>The names in one network. A name may belong to several endpoints, as a service's does.</summary>
internal sealed class NetworkNames
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EndpointNames> _endpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<EndpointNames>> _holders = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, NameAddresses> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, NameAddresses>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly ConcurrentDictionary<IPAddress, string> _byAddress = new();

    public NetworkNames() => _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Set(string endpointId, EndpointNames names)
    {
        lock (_lock)
        {
            if (_endpoints.TryGetValue(endpointId, out var old)) Take(old);
            _endpoints[endpointId] = names;
            foreach (var name in names.Names.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!_holders.TryGetValue(name, out var holders)) _holders[name] = holders = [];
                holders.Add(names);
                Publish(name, holders);
            }

            foreach (var address in Addresses(names)) _byAddress[address] = names.Names[0];
        }
    }

    public void Remove(string endpointId)
    {
        lock (_lock)
        {
            if (_endpoints.Remove(endpointId, out var names)) Take(names);
        }
    }

    public NameAddresses? Find(ReadOnlySpan<char> name) => _bySpan.TryGetValue(name, out var addresses) ? addresses : null;

    public string? Find(IPAddress address) => _byAddress.GetValueOrDefault(address);

    private static IEnumerable<IPAddress> Addresses(EndpointNames names) => new[] { names.V4, names.V6 }.OfType<IPAddress>().Where(_ => names.Names.Count > 0);

    private void Take(EndpointNames names)
    {
        foreach (var name in names.Names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var holders = _holders[name];
            holders.RemoveAll(holder => ReferenceEquals(holder, names));
            if (holders.Count == 0) _holders.Remove(name);
            Publish(name, holders);
        }

        foreach (var address in Addresses(names)) _byAddress.TryRemove(KeyValuePair.Create(address, names.Names[0]));
    }

    private void Publish(string name, List<EndpointNames> holders)
    {
        if (holders.Count == 0) _byName.TryRemove(name, out _);
        else _byName[name] = new NameAddresses(Bytes(holders.Select(holder => holder.V4)), Bytes(holders.Select(holder => holder.V6)));
    }

    private static byte[] Bytes(IEnumerable<IPAddress?> addresses) =>
        [.. addresses.OfType<IPAddress>().Distinct().SelectMany(address => address.GetAddressBytes())];
}
