using Boreal.Engine.Containers;
using Boreal.Engine.Events;
using Boreal.Engine.State;
using Boreal.Engine.Volumes;
using Boreal.Tests.TestKit.Machine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Linux.Volumes;

/// <summary>The volumes of a data root of the test's own.</summary>
internal sealed class VolumeRig : IDisposable
{
    private readonly TemporaryDirectory _data = new("/var/tmp");
    private Database _database;

    public VolumeRig()
    {
        Requirements.Root();
        (_database, Store) = Open();
    }

    public VolumeStore Store { get; private set; }

    public NodePaths Paths => new(_data.Path, Path.Combine(_data.Path, "run"));

    public string Folder(string name) => Path.Combine(Paths.Volumes, name);

    /// <summary>As after the daemon's death: everything is read again from disk.</summary>
    public void Reopen()
    {
        _database.Dispose();
        (_database, Store) = Open();
    }

    public Volume Create(string name, params (string Key, string Value)[] options) =>
        Store.Create(new VolumeRequest { Name = name, Options = options.ToDictionary(pair => pair.Key, pair => pair.Value) });

    public Volume CreateFor(ContainerId container, string name) => Store.CreateFor(container, new VolumeRequest { Name = name, MadeFor = container }, out _);

    public void Dispose()
    {
        foreach (var volume in Store.List())
            VolumeMounts.TakeOver(volume, []);
        _database.Dispose();
        _data.Dispose();
    }

    private (Database Database, VolumeStore Store) Open()
    {
        var database = Database.Open(Path.Combine(_data.Path, "boreal.db"));
        var events = new VolumeEvents(new EventLog(TimeProvider.System));
        return (database, new VolumeStore(Paths, database, events, TimeProvider.System, NullLogger<VolumeStore>.Instance));
    }
}
