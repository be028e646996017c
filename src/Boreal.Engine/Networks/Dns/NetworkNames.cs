using System.Collections.Concurrent;
using System.Net;

namespace Boreal.Engine.Networks.Dns;

/// <summary>The names in one network. A name may belong to several endpoints; where a service has it, the service says what it stands for.</summary>
internal sealed class NetworkNames
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EndpointNames> _endpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<EndpointNames>> _holders = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyDictionary<string, NameAddresses>> _services = new(StringComparer.Ordinal);
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
                Publish(name);
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

    /// <summary>The names a service has here from now on; those it does not have any more are what they are without it.</summary>
    public void SetService(string service, IReadOnlyDictionary<string, NameAddresses> answers)
    {
        lock (_lock)
        {
            var old = _services.GetValueOrDefault(service);
            if (answers.Count > 0) _services[service] = answers;
            else _services.Remove(service);
            foreach (var name in (old?.Keys ?? []).Union(answers.Keys, StringComparer.OrdinalIgnoreCase)) Publish(name);
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
            Publish(name);
        }

        foreach (var address in Addresses(names)) _byAddress.TryRemove(KeyValuePair.Create(address, names.Names[0]));
    }

    private void Publish(string name)
    {
        var answers = _services.Values.Select(service => service.GetValueOrDefault(name)).OfType<NameAddresses>().ToList();
        if (answers.Count == 1)
            _byName[name] = answers[0];
        else if (answers.Count > 1)
            _byName[name] = new NameAddresses([.. answers.SelectMany(answer => answer.V4)], [.. answers.SelectMany(answer => answer.V6)]) { Seconds = answers.Min(answer => answer.Seconds) };
        else if (_holders.TryGetValue(name, out var holders))
            _byName[name] = new NameAddresses(Bytes(holders.Select(holder => holder.V4)), Bytes(holders.Select(holder => holder.V6)));
        else
            _byName.TryRemove(name, out _);
    }

    private static byte[] Bytes(IEnumerable<IPAddress?> addresses) =>
        [.. addresses.OfType<IPAddress>().Distinct().SelectMany(address => address.GetAddressBytes())];
}
