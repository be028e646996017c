using System.Globalization;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Layers;
using Boreal.Engine.State;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Linux.Syscalls;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Volumes;

/// <summary>Where on the host the volumes and images of a container are, for its process and for who looks into it.</summary>
internal sealed partial class ContainerMounts(VolumeStore volumes, Snapshots snapshots, NodePaths paths, ILogger<ContainerMounts> logger)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Mounts what must be mounted for a start; returns what to bind to which path of the container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="rootfs">Its mounted root file system, where places to mount on are made that do not exist.</param>
    public IReadOnlyDictionary<string, string> Mount(ContainerSpec container, string rootfs)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var point in container.Storage.MountPoints)
        {
            if (point.Type == "volume")
                VolumeMounts.Mount(volumes.Find(point.Name), container.Id);
            else if (point.Snapshot is { } image)
                snapshots.Mount(image);
            if (SourceOf(point) is { } source)
                sources[point.Destination] = source.Subpath.Length == 0 ? source.Path : Pin(container.Id, source, sources.Count);
        }

        MakePlaces(sources, rootfs);
        return sources;
    }

    /// <summary>Gives back what <see cref="Mount"/> took. Again is no error.</summary>
    public void Unmount(ContainerSpec container)
    {
        foreach (var point in container.Storage.MountPoints)
        {
            if (point.Type == "volume" && volumes.TryFind(point.Name) is { } volume)
                VolumeMounts.Unmount(volume, container.Id);
            else if (point.Snapshot is { } image)
                snapshots.Unmount(image);
        }
    }

    /// <summary>For a look from outside, running or not.</summary>
    public MountSources Open(ContainerSpec container)
    {
        var holds = new List<IDisposable>();
        try
        {
            var entries = new List<MountSource>();
            foreach (var point in container.Storage.MountPoints)
            {
                if (point.Type == "bind")
                    entries.Add(new MountSource(point.Destination, point.Source, ""));
                else if (point.Type == "volume" && volumes.TryFind(point.Name) is { } volume)
                    holds.Add(VolumeMounts.Open(volume));
                else if (point.Snapshot is { } image)
                    holds.Add(snapshots.Open(image));
                if (SourceOf(point) is { } source)
                    entries.Add(source);
            }

            return new MountSources([.. entries.OrderBy(entry => entry.Destination, StringComparer.Ordinal)], holds);
        }
        catch
        {
            holds.ForEach(hold => hold.Dispose());
            throw;
        }
    }

    /// <summary>Daemon start: who has which volume, and whose mounts stay.</summary>
    public void Start(IEnumerable<ContainerSpec> containers, IReadOnlySet<ContainerId> living)
    {
        var holders = new Dictionary<string, List<ContainerId>>(StringComparer.Ordinal);
        foreach (var container in containers)
        {
            volumes.Use(container.Id, ContainerVolumes.NamesOf(container));
            foreach (var name in ContainerVolumes.NamesOf(container).Where(_ => living.Contains(container.Id)))
                (holders.TryGetValue(name, out var ids) ? ids : holders[name] = []).Add(container.Id);
        }

        foreach (var volume in volumes.List())
            TakeOver(volume, holders.GetValueOrDefault(volume.Name, []));
        volumes.RemoveUnclaimed();
    }

    /// <summary>Of a volume or an image; null for any other mount.</summary>
    public static MountSource? SourceOf(MountPoint point) =>
        point.Type is "volume" or "image" ? new MountSource(point.Destination, point.Source, point.Subpath) : null;

    // One volume out of order must not keep the engine from its containers.
    private void TakeOver(Volume volume, IReadOnlyList<ContainerId> living)
    {
        try
        {
            VolumeMounts.TakeOver(volume, living);
        }
        catch (LinuxException exception)
        {
            Log.NotTakenOver(logger, volume.Name, exception);
        }
    }

    // The runtime would make them too, with other modes.
    private static void MakePlaces(Dictionary<string, string> sources, string rootfs)
    {
        if (sources.Count == 0)
            return;
        using var root = FileDescriptor.Open(rootfs, OpenAt.DirectoryOnly);
        foreach (var (destination, source) in sources)
            MountPlace.Open(root, TreePath.Clean(destination) ?? "", Directory.Exists(source)).Dispose();
    }

    // The runtime walks a path again: what we found is fixed to a place only we can change.
    private string Pin(ContainerId id, MountSource source, int number)
    {
        using var found = source.Open();
        var folder = ContainerFiles.PinnedMounts(paths.Run(id));
        Directory.CreateDirectory(folder, OwnerOnly);
        var place = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
        if (StatAt.Get(found).IsDirectory)
            Directory.CreateDirectory(place);
        else
            File.WriteAllBytes(place, []);
        Linux.Syscalls.Mount.Attach($"/proc/thread-self/fd/{found.Number}", place, null, MountFlags.Bind | MountFlags.Recursive);
        return place;
    }

    private static partial class Log
    {
        [LoggerMessage(1810, LogLevel.Error, "volume {Volume} is out of order; look into its folder")]
        public static partial void NotTakenOver(ILogger logger, string volume, Exception exception);
    }
}
