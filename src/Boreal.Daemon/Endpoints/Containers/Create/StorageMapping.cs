using System.Globalization;
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
    public static void Check(Wire.HostConfig host)
    {
        if (host.ShmSize < 0)
            throw Invalid("SHM size can not be less than 0");
        foreach (var mount in host.Mounts ?? [])
            MountRules.Check(mount);
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
            Add(points, own, BindNotation.Parse(bind, out var anonymous), anonymous, context);
        foreach (var mount in host.Mounts ?? [])
        {
            // A tmpfs twice is one tmpfs, as Docker has it.
            if (mount.Type is "tmpfs")
                own.Remove(PathNotation.Clean(mount.Target ?? ""));
            Add(points, own, Resolve(mount), PathNotation.Clean(mount.Target ?? ""), context);
        }
        foreach (var path in request.Volumes?.Keys.Where(path => !(context.ImageConfig.Volumes?.ContainsKey(path) ?? false)) ?? [])
            context.Warnings.Add(VolumeRules.Warning(path));
        return new StorageSpec
        {
            ReadonlyRootfs = host.ReadonlyRootfs,
            Binds = host.Binds,
            Mounts = host.Mounts?.Select(ToMountSpec).ToList(),
            Tmpfs = host.Tmpfs,
            ShmSize = host.ShmSize is 0 ? context.Defaults.ShmSize : host.ShmSize,
            DeclaredVolumes = request.Volumes is null ? null : [.. request.Volumes.Keys],
            VolumesFrom = host.VolumesFrom,
            MountPoints = [.. points.Values.Select(point => Finish(point, host, context.Version))],
        };
    }

    private static void Add(SortedDictionary<string, MountPoint> points, HashSet<string> own, MountPoint? point, string path, CreateContext context)
    {
        if (!own.Add(path))
            throw Invalid($"Duplicate mount point: {path}");
        if (point is null)
            context.Warnings.Add(VolumeRules.Warning(path));
        else
            points[path] = point;
    }

    /// <summary>The bind mounts of other containers: <c>name[:ro|rw]</c>.</summary>
    private static IEnumerable<MountPoint> Inherited(IReadOnlyList<string>? volumesFrom, CreateContext context)
    {
        foreach (var entry in volumesFrom ?? [])
        {
            var colon = entry.IndexOf(':');
            var modeText = colon < 0 ? "" : entry[(colon + 1)..];
            var mode = MountMode.TryParse(modeText) ?? throw Invalid($"invalid mode: {modeText}");
            var other = context.RequireContainer(colon < 0 ? entry : entry[..colon]);
            foreach (var point in other.Spec.Storage.MountPoints.Where(point => point.Type is "bind"))
                yield return point with { Writable = point.Writable && !mode.IsReadOnly };
        }
    }

    private static MountPoint? Resolve(Wire.Mount mount)
    {
        var target = PathNotation.Clean(mount.Target ?? "");
        switch (mount.Type)
        {
            case "bind":
                return new MountPoint
                {
                    Type = "bind",
                    Source = PathNotation.Clean(mount.Source ?? ""),
                    Destination = target,
                    Writable = !mount.ReadOnly,
                    Propagation = string.IsNullOrEmpty(mount.BindOptions?.Propagation) ? "rprivate" : mount.BindOptions.Propagation,
                    NonRecursive = mount.BindOptions?.NonRecursive ?? false,
                };
            case "tmpfs":
                return new MountPoint { Type = "tmpfs", Destination = target, Writable = !mount.ReadOnly, TmpfsOptions = Options(mount) };
            default:
                return string.IsNullOrEmpty(mount.Source) ? null : throw VolumeRules.NotYet(mount.Source);
        }
    }

    private static string Options(Wire.Mount mount)
    {
        var options = new List<string>();
        if (mount.ReadOnly)
            options.Add("ro");
        if (mount.TmpfsOptions is { SizeBytes: > 0 } sized)
            options.Add(string.Create(CultureInfo.InvariantCulture, $"size={sized.SizeBytes}"));
        if (mount.TmpfsOptions is { Mode: > 0 } moded)
            options.Add($"mode={Convert.ToString(moded.Mode & 0xFFF, 8)}");
        return string.Join(',', options);
    }

    private static MountPoint Finish(MountPoint point, Wire.HostConfig host, ApiVersion version)
    {
        if (point is not { Type: "bind", Writable: false, NonRecursive: false } || version < ReadOnlyReachesSubmounts)
            return point;
        var asked = host.Mounts?.FirstOrDefault(mount => mount.Type is "bind" && PathNotation.Clean(mount.Target ?? "") == point.Destination)?.BindOptions;
        return point with { ReadOnlyRecursive = asked is not { ReadOnlyNonRecursive: true } };
    }

    private static MountSpec ToMountSpec(Wire.Mount mount) => new()
    {
        Type = mount.Type,
        Source = mount.Source ?? "",
        Target = mount.Target ?? "",
        ReadOnly = mount.ReadOnly,
        Consistency = mount.Consistency ?? "",
        Bind = mount.BindOptions is not { } bind ? null : new BindSpec
        {
            Propagation = bind.Propagation ?? "",
            NonRecursive = bind.NonRecursive,
            CreateMountpoint = bind.CreateMountpoint,
            ReadOnlyNonRecursive = bind.ReadOnlyNonRecursive,
            ReadOnlyForceRecursive = bind.ReadOnlyForceRecursive,
        },
        Tmpfs = mount.TmpfsOptions is not { } tmpfs ? null : new TmpfsSpec { SizeBytes = tmpfs.SizeBytes, Mode = (int)tmpfs.Mode },
    };

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
