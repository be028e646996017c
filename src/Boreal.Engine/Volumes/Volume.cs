using System.Collections.Immutable;
using Boreal.Engine.Containers;

namespace Boreal.Engine.Volumes;

/// <summary>A volume with identity. Readers need no lock; <see cref="VolumeStore"/> changes who uses it, <see cref="VolumeMounts"/> what is mounted.</summary>
public sealed class Volume
{
    private volatile VolumeSpec _spec;
    private ImmutableSortedSet<string> _users = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    internal Volume(VolumeSpec spec, string folder)
    {
        _spec = spec;
        Folder = folder;
        Mountpoint = Path.Combine(folder, "_data");
    }

    public string Name => _spec.Name;

    public VolumeSpec Spec
    {
        get => _spec;
        internal set => _spec = value;
    }

    /// <summary>Where the content is on the host; of a volume with options only while it is mounted.</summary>
    public string Mountpoint { get; }

    /// <summary>Ids of the containers, running or not, that have this volume.</summary>
    public IReadOnlyCollection<string> Users => Volatile.Read(ref _users);

    internal string Folder { get; }

    /// <summary>Something is mounted in its place at first use.</summary>
    internal bool NeedsMount => _spec.Options is { Count: > 0 };

    /// <summary>One at a time copies an image's content into it.</summary>
    internal SemaphoreSlim Filling { get; } = new(1, 1);

    /// <summary>Who needs the mount now; changed by <see cref="VolumeMounts"/> only.</summary>
    internal HashSet<object> Holders { get; } = [];

    internal void AddUser(ContainerId id) => Volatile.Write(ref _users, _users.Add(id.Value));

    internal void RemoveUser(ContainerId id) => Volatile.Write(ref _users, _users.Remove(id.Value));
}
