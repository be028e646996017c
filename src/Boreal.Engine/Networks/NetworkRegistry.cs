using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Balancing;
using Boreal.Engine.State;

namespace Boreal.Engine.Networks;

/// <summary>All networks of this node, by id and by name. Readers take a snapshot and never wait; definitions are written before they are shown.</summary>
public sealed class NetworkRegistry
{
    private readonly Lock _writing = new();
    private readonly Table<NetworkDefinition> _table;
    private volatile IReadOnlyList<Network> _networks = [];

    public NetworkRegistry(Database database)
    {
        _table = database.Table("network_definitions", NetworkJsonContext.Default.NetworkDefinition);
        Balances = database.Table("balances", NetworkJsonContext.Default.BalanceRecord);
    }

    /// <summary>What is kept about groups of containers, which have addresses of networks.</summary>
    internal Table<BalanceRecord> Balances { get; }

    /// <summary>Every network, the predefined first, then by age.</summary>
    public IReadOnlyList<Network> List() => _networks;

    /// <summary>By full id, exact name or unambiguous id prefix.</summary>
    /// <exception cref="EngineException">NotFound; Invalid when the prefix fits several.</exception>
    public Network Find(string reference) => TryFind(reference, out var matches)
        ?? throw (matches > 1
            ? new EngineException(ErrorKind.Invalid, $"network {reference} is ambiguous ({matches} matches found based on ID prefix)")
            : Network.NotFound(reference));

    /// <summary>As <see cref="Find"/>, null when there is none or several.</summary>
    public Network? TryFind(string reference) => TryFind(reference, out _);

    internal IReadOnlyList<NetworkDefinition> Stored() => [.. _table.Load().Select(row => row.Value)];

    internal void Load(IEnumerable<Network> networks) => _networks = [.. networks];

    /// <summary>Written, but shown only by <see cref="Show"/>: a network that cannot be made is never seen.</summary>
    internal void Store(NetworkDefinition definition) => _table.Put(definition.Id, definition);

    internal void Show(Network network)
    {
        lock (_writing) _networks = [.. _networks, network];
    }

    internal void Forget(NetworkDefinition definition)
    {
        _table.Delete(definition.Id);
        lock (_writing) _networks = [.. _networks.Where(network => network.Id != definition.Id)];
    }

    private Network? TryFind(string reference, out int matches)
    {
        var networks = _networks;
        matches = 0;
        if (reference.Length == 0) return null;
        var exact = networks.FirstOrDefault(network => network.Id == reference) ?? networks.FirstOrDefault(network => network.Name == reference);
        if (exact is not null) return exact;
        var found = networks.Where(network => network.Id.StartsWith(reference, StringComparison.Ordinal)).ToList();
        matches = found.Count;
        return matches == 1 ? found[0] : null;
    }
}
