using Boreal.Engine.Networks.Sandboxes;
using Boreal.Engine.State;

namespace Boreal.Engine.Networks;

/// <summary>Ids and ages of the predefined networks: made once per name, then kept.</summary>
internal sealed class NetworkIdentities
{
    private readonly Dictionary<string, NetworkRecord> _records;

    public NetworkIdentities(Database database, TimeProvider time)
    {
        var table = database.Table("networks", NetworkJsonContext.Default.NetworkRecord);
        _records = table.Load().ToDictionary(row => row.Key, row => row.Value);
        foreach (var name in PredefinedNetworks.Names)
        {
            if (_records.TryGetValue(name, out var known) && known.Created is not null) continue;
            _records[name] = new NetworkRecord(known?.Id ?? SandboxNames.CreateId()) { Created = time.GetUtcNow() };
            table.Put(name, _records[name]);
        }
    }

    public string Of(string name) => _records[name].Id;

    public DateTimeOffset CreatedOf(string name) => _records[name].Created ?? DateTimeOffset.UnixEpoch;
}
