using System.Collections.Immutable;
using System.Security.Cryptography;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.State;
using Boreal.Linux.Errors;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Volumes;

/// <summary>
/// All volumes of this node and which containers have them. Readers take a snapshot and never wait. A volume is made
/// folder first and record second; it is gone the moment its folder has been moved away.
/// </summary>
public sealed partial class VolumeStore
{
    private readonly Lock _writing = new();
    private readonly VolumeFolders _folders;
    private readonly Table<VolumeSpec> _table;
    private readonly VolumeEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger<VolumeStore> _logger;
    private ImmutableSortedDictionary<string, Volume> _volumes = ImmutableSortedDictionary.Create<string, Volume>(StringComparer.Ordinal);

    /// <summary>Loads what the metadata and the folders hold.</summary>
    public VolumeStore(NodePaths paths, Database database, VolumeEvents events, TimeProvider time, ILogger<VolumeStore> logger)
    {
        (_events, _time, _logger) = (events, time, logger);
        _folders = new VolumeFolders(paths.Volumes);
        _table = database.Table("volumes", VolumeJsonContext.Default.VolumeSpec);
        Load();
    }

    /// <summary>Every volume, by name.</summary>
    public IEnumerable<Volume> List() => Volatile.Read(ref _volumes).Values;

    /// <exception cref="EngineException">NotFound.</exception>
    public Volume Find(string name) => TryFind(name) ?? throw new EngineException(ErrorKind.NotFound, $"get {name}: no such volume");

    public Volume? TryFind(string name) => Volatile.Read(ref _volumes).GetValueOrDefault(name);

    /// <summary>The volume of that name, made when there is none.</summary>
    /// <exception cref="EngineException">Invalid: name or options. NotFound: the driver.</exception>
    public Volume Create(VolumeRequest request) => Create(request, userId: null, out _);

    /// <summary>As <see cref="Create(VolumeRequest)"/>, and the container has the volume from now on.</summary>
    internal Volume CreateFor(ContainerId userId, VolumeRequest request, out bool made) => Create(request, userId, out made);

    /// <exception cref="EngineException">NotFound. Conflict: containers have it.</exception>
    public void Remove(string name)
    {
        var volume = Find(name);
        if (volume.Users.Count == 0 && _folders.MountInside(name) is { } place)
            throw new EngineException(ErrorKind.Conflict, $"remove {name}: {place} is a mount point, unmount it first");
        if (!TryRemove(volume))
            throw new EngineException(ErrorKind.Conflict, $"remove {name}: volume is in use - [{string.Join(", ", volume.Users)}]");
    }

    /// <summary>The container that the volume was made for is recorded.</summary>
    internal void Confirm(Volume volume)
    {
        if (volume.Spec.MadeFor is null)
            return;
        lock (_writing)
        {
            volume.Spec = volume.Spec with { MadeFor = null };
            _table.Put(volume.Name, volume.Spec);
        }
    }

    /// <summary>A container that is known already has these volumes; those that do not exist are left out.</summary>
    internal void Use(ContainerId userId, IEnumerable<string> names)
    {
        lock (_writing)
        {
            foreach (var name in names)
                TryFind(name)?.AddUser(userId);
        }
    }

    internal void Release(ContainerId userId, IEnumerable<string> names)
    {
        lock (_writing)
        {
            foreach (var name in names)
                TryFind(name)?.RemoveUser(userId);
        }
    }

    /// <summary>False when a container has it.</summary>
    internal bool TryRemove(Volume volume)
    {
        Action bury;
        lock (_writing)
        {
            if (TryFind(volume.Name) != volume)
                return true;
            if (volume.Users.Count > 0 || volume.Holders.Count > 0)
                return false;
            bury = _folders.Discard(volume.Name);
            _table.Delete(volume.Name);
            Volatile.Write(ref _volumes, _volumes.Remove(volume.Name));
        }

        Bury(bury);
        _events.Publish(volume, "destroy");
        return true;
    }

    /// <summary>At start, when the containers have claimed theirs: volumes made for a container that never came to be.</summary>
    internal void RemoveUnclaimed()
    {
        foreach (var volume in List().Where(volume => volume.Spec.MadeFor is not null))
        {
            if (volume.Users.Count > 0)
                Confirm(volume);
            else
                TryRemove(volume);
        }
    }

    // The volume is gone by then, whatever is left of its content.
    private void Bury(Action burial)
    {
        try
        {
            burial();
        }
        catch (LinuxException exception)
        {
            Log.NotBuried(_logger, exception);
        }
    }

    private Volume Create(VolumeRequest request, ContainerId? userId, out bool made)
    {
        var name = request.Name.Length > 0 ? request.Name : RandomNumberGenerator.GetHexString(ContainerId.Length, lowercase: true);
        VolumeRules.CheckDriver(name, request.Driver);
        lock (_writing)
        {
            var volume = TryFind(name);
            made = volume is null;
            volume ??= Make(name, request);
            if (userId is { } user)
                volume.AddUser(user);
            return volume;
        }
    }

    private Volume Make(string name, VolumeRequest request)
    {
        VolumeRules.CheckName(name);
        VolumeRules.CheckOptions(name, request.Options);
        var labels = request.Labels;
        if (request.Name.Length == 0)
            labels = new Dictionary<string, string>(labels ?? ImmutableDictionary<string, string>.Empty) { [VolumeSpec.AnonymousLabel] = "" };
        var spec = new VolumeSpec
        {
            Name = name,
            Created = _time.GetUtcNow(),
            Labels = labels,
            Options = request.Options,
            MadeFor = request.MadeFor,
        };
        _folders.Make(name);
        _table.Put(name, spec);
        var volume = Add(spec);
        _events.Publish(volume, "create");
        return volume;
    }

    private Volume Add(VolumeSpec spec)
    {
        var volume = new Volume(spec, _folders.Of(spec.Name));
        Volatile.Write(ref _volumes, _volumes.SetItem(spec.Name, volume));
        return volume;
    }

    private void Load()
    {
        var discarded = _folders.Discarded();
        foreach (var (name, spec) in _table.Load())
        {
            if (!_folders.Exists(name) && discarded.Contains(name))
            {
                _table.Delete(name);
                continue;
            }

            if (!_folders.Exists(name))
                Log.FolderMissing(_logger, name);
            _folders.Make(name);
            Add(spec);
        }

        foreach (var burial in _folders.Burials())
            Bury(burial);
        foreach (var name in _folders.Names().Where(name => TryFind(name) is null).ToList())
            Adopt(name);
    }

    // A power cut can take the last records along, and never may it take people's data.
    private void Adopt(string name)
    {
        if (_folders.IsEmpty(name))
        {
            Bury(_folders.Discard(name));
            return;
        }

        var isAnonymous = ContainerId.IsValid(name);
        var spec = new VolumeSpec
        {
            Name = name,
            Created = _folders.Made(name),
            Labels = isAnonymous ? new Dictionary<string, string> { [VolumeSpec.AnonymousLabel] = "" } : null,
        };
        _table.Put(name, spec);
        Add(spec);
        Log.Adopted(_logger, name);
    }

    private static partial class Log
    {
        [LoggerMessage(1801, LogLevel.Warning, "the folder of volume {Volume} is gone; it starts empty")]
        public static partial void FolderMissing(ILogger logger, string volume);

        [LoggerMessage(1803, LogLevel.Warning, "could not remove all content of a removed volume; the next start of the daemon tries again")]
        public static partial void NotBuried(ILogger logger, Exception exception);

        [LoggerMessage(1802, LogLevel.Warning, "found the content of volume {Volume} and no record of it; it goes on without labels and options")]
        public static partial void Adopted(ILogger logger, string volume);
    }
}
