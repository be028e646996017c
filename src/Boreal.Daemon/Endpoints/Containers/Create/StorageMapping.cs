using Boreal.Daemon.Http;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Mounts of a request, resolved to what the runtime performs.</summary>
internal static class StorageMapping
{
    private static readonly ApiVersion ReadOnlyReachesSubmounts = new(1, 44);

    /// <summary>What Docker refuses before it looks for the image.</summary>
    public static void Check(Wire.HostConfig host, ApiVersion version)
    {
        if (host.ShmSize < 0)
            throw Invalid("SHM size can not be less than 0");
        foreach (var mount in host.Mounts ?? [])
            MountRules.Check(mount, version);
        foreach (var path in host.Tmpfs?.Keys ?? [])
        {
            if (MountRules.TargetProblem(path) is { } problem)
                throw Invalid(problem);
        }
    }

    public static StorageSpec ToSpec(Wire.ContainerCreateRequest request, Wire.HostConfig host, CreateContext context)
    {
        var points = new SortedDictionary<string, MountPoint>(StringComparer.Ordinal);
        foreach (var point in Inherited(host.VolumesFrom, context))
            points[point.Destination] = point;
        var own = new HashSet<string>(host.Tmpfs?.Keys.Select(PathNotation.Clean) ?? [], StringComparer.Ordinal);
        foreach (var bind in host.Binds ?? [])
            Add(points, own, BindNotation.Parse(bind, host.VolumeDriver ?? ""));
        foreach (var mount in host.Mounts ?? [])
        {
            // A tmpfs twice is one tmpfs, as Docker has it.
            if (mount.Type is "tmpfs")
                own.Remove(PathNotation.Clean(mount.Target ?? ""));
            Add(points, own, MountMapping.ToMountPoint(mount));
        }

        foreach (var path in request.Volumes?.Keys.Select(PathNotation.Clean).Where(path => !own.Contains(path)) ?? [])
            points.TryAdd(path, Declared(path, host.VolumeDriver ?? ""));
        return new StorageSpec
        {
            ReadonlyRootfs = host.ReadonlyRootfs,
            Binds = host.Binds,
            Mounts = host.Mounts?.Select(MountMapping.ToMountSpec).ToList(),
            Tmpfs = host.Tmpfs,
            ShmSize = host.ShmSize is 0 ? context.Defaults.ShmSize : host.ShmSize,
            DeclaredVolumes = request.Volumes is null ? null : [.. request.Volumes.Keys],
            VolumesFrom = host.VolumesFrom,
            VolumeDriver = host.VolumeDriver ?? "",
            MountPoints = [.. points.Values.Select(point => Finish(point, host, context.Version))],
        };
    }

    private static void Add(SortedDictionary<string, MountPoint> points, HashSet<string> own, MountPoint point)
    {
        if (!own.Add(point.Destination))
            throw Invalid($"Duplicate mount point: {point.Destination}");
        points[point.Destination] = point;
    }

    /// <summary>An anonymous volume where nothing else is mounted.</summary>
    private static MountPoint Declared(string path, string driver) =>
        path is "/" ? throw Invalid("invalid specification: destination can't be '/'") : new MountPoint { Type = "volume", Destination = path, Driver = driver, Anonymous = true, Copy = true, Declared = true };

    /// <summary>Binds and volumes of other containers: <c>name[:ro|rw]</c>.</summary>
    private static IEnumerable<MountPoint> Inherited(IReadOnlyList<string>? volumesFrom, CreateContext context)
    {
        foreach (var entry in volumesFrom ?? [])
        {
            var colon = entry.IndexOf(':');
            var modeText = colon < 0 ? "" : entry[(colon + 1)..];
            var mode = MountMode.TryParse(modeText) ?? throw Invalid($"invalid mode: {modeText}");
            var other = context.RequireContainer(colon < 0 ? entry : entry[..colon]);
            foreach (var point in other.Spec.Storage.MountPoints.Where(point => point.Type is "bind" or "volume"))
                yield return point with { Writable = point.Writable && !mode.IsReadOnly, Mode = "", Copy = false };
        }
    }

    private static MountPoint Finish(MountPoint point, Wire.HostConfig host, ApiVersion version)
    {
        if (point is not { Type: "bind" or "volume" or "image", Writable: false, NonRecursive: false } || version < ReadOnlyReachesSubmounts)
            return point;
        var asked = host.Mounts?.FirstOrDefault(mount => mount.Type is "bind" && PathNotation.Clean(mount.Target ?? "") == point.Destination)?.BindOptions;
        return point with { ReadOnlyRecursive = asked is not { ReadOnlyNonRecursive: true } };
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
