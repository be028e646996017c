using System.Collections.Concurrent;
using System.Security.Cryptography;
using Boreal.Engine.State;

namespace Boreal.Engine.Networks;

/// <summary>The networks' ids: made once per name, then kept.</summary>
internal sealed class NetworkIdentities
{
    private readonly ConcurrentDictionary<string, string> _ids;

    public NetworkIdentities(Database database)
    {
        var table = database.Table("networks", NetworkJsonContext.Default.NetworkRecord);
        _ids = new(table.Load().Select(row => KeyValuePair.Create(row.Key, row.Value.Id)));
        foreach (var name in (string[])["bridge", "host", "none"])
            _ids.GetOrAdd(name, Make);

        string Make(string name)
        {
            var record = new NetworkRecord(CreateId());
            table.Put(name, record);
            return record.Id;
        }
    }

    public static string CreateId() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    public string Of(string name) => _ids[name];
}
