using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Runtime.Mounts;

/// <summary>All mounts of a container in the order the runtime performs them: the system's, then the user's from the root downwards.</summary>
internal sealed class MountTable
{
    private const string DevShm = "/dev/shm";

    private static readonly MountEntry[] SystemMounts =
    [
        new("/proc", "proc", "proc", ["nosuid", "noexec", "nodev"]),
        new("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
        new("/dev/pts", "devpts", "devpts", ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]),
        new("/sys", "sysfs", "sysfs", ["nosuid", "noexec", "nodev", "ro"]),
        new("/sys/fs/cgroup", "cgroup", "cgroup", ["ro", "nosuid", "noexec", "nodev"]),
        new("/dev/mqueue", "mqueue", "mqueue", ["nosuid", "noexec", "nodev"]),
        new(DevShm, "tmpfs", "shm", ["nosuid", "noexec", "nodev", "mode=1777"]),
    ];

    private static readonly string[] NetworkFiles = ["resolv.conf", "hostname", "hosts"];

    private readonly ContainerSpec _spec;
    private readonly BundleInputs _inputs;
    private readonly RuntimeHost _host;

    public MountTable(ContainerSpec spec, BundleInputs inputs, RuntimeHost host, bool writableCgroups)
    {
        (_spec, _inputs, _host) = (spec, inputs, host);
        var own = Own();
        Entries = [.. System(own, writableCgroups), .. own];
    }

    public IReadOnlyList<MountEntry> Entries { get; }

    /// <summary>What the root must be so that the binds can propagate; null if it does not matter.</summary>
    public string? RootPropagation { get; private set; }

    private IEnumerable<MountEntry> System(List<MountEntry> own, bool writableCgroups)
    {
        var replaced = own.Select(entry => entry.Destination).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in SystemMounts)
        {
            if (replaced.Contains(entry.Destination)) continue;
            if (replaced.Contains("/dev") && entry.Destination.StartsWith("/dev/", StringComparison.Ordinal)) continue;
            switch (entry.Destination)
            {
                case DevShm when _spec.Namespaces.Ipc is "none":
                    break;
                case DevShm:
                    yield return entry with { Options = [.. entry.Options, $"size={_spec.Storage.ShmSize}"] };
                    break;
                case "/sys" when _spec.Security.Privileged:
                case "/sys/fs/cgroup" when writableCgroups:
                    yield return entry.Writable();
                    break;
                default:
                    yield return entry;
                    break;
            }
        }
    }

    private List<MountEntry> Own()
    {
        var points = _spec.Storage.MountPoints;
        var networkTargets = NetworkFiles.Select(name => $"/etc/{name}").ToArray();
        var entries = points.Where(point => point.Type is not "tmpfs" && !networkTargets.Contains(point.Destination)).Select(Bind).ToList();
        entries.AddRange(NetworkFiles.Select(NetworkFile).OfType<MountEntry>());
        if (HostSharedMemory() is { } sharedMemory && !points.Any(point => point.Destination is DevShm) && !IsTmpfs(DevShm))
            entries.Add(new MountEntry(DevShm, "bind", sharedMemory, ["rbind", "rprivate"]));
        var tmpfs = (_spec.Storage.Tmpfs ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        entries.AddRange(tmpfs.Select(pair => Tmpfs(pair.Key, pair.Value)));
        entries.AddRange(points.Where(point => point.Type is "tmpfs" && !IsTmpfs(point.Destination)).Select(point => Tmpfs(point.Destination, OptionsOf(point))));
        // A parent before what lies in it; otherwise as listed.
        return [.. entries.OrderBy(entry => entry.Destination.AsSpan().TrimEnd('/').Count('/'))];
    }

    private string SourceOf(MountPoint point) => _inputs.MountSources.GetValueOrDefault(point.Destination, point.Source);

    private bool IsTmpfs(string destination) => _spec.Storage.Tmpfs?.ContainsKey(destination) ?? false;

    private static MountEntry Tmpfs(string destination, string options) => new(destination, "tmpfs", "tmpfs", TmpfsOptions.Merge(options));

    private static string OptionsOf(MountPoint point)
    {
        var options = point.TmpfsOptions;
        if (point.Writable || options.Split(',').Contains("ro")) return options;
        return options.Length > 0 ? "ro," + options : "ro";
    }

    private MountEntry Bind(MountPoint point)
    {
        Propagation.Check(point.Source, point.Propagation);
        if (Propagation.IsShared(point.Propagation)) RootPropagation = "shared";
        else if (Propagation.IsSlave(point.Propagation)) RootPropagation ??= "rslave";
        var options = new List<string>(3) { point.NonRecursive ? "bind" : "rbind" };
        if (!point.Writable) options.Add(point.ReadOnlyRecursive ? ReadOnly(SourceOf(point)) : "ro");
        if (point.Propagation.Length > 0) options.Add(point.Propagation);
        return new MountEntry(point.Destination, "bind", SourceOf(point), options);
    }

    /// <summary>The engine's file, or the one the user put in its place.</summary>
    private MountEntry? NetworkFile(string name)
    {
        var destination = $"/etc/{name}";
        var point = _spec.Storage.MountPoints.FirstOrDefault(point => point.Destination == destination);
        var source = point is not null ? SourceOf(point) : Path.Combine(_inputs.ContainerDirectory, name);
        if (point is null && !File.Exists(source)) return null;
        var writable = point?.Writable ?? !_spec.Storage.ReadonlyRootfs;
        string[] readOnly = writable ? [] : [ReadOnly(source)];
        return new MountEntry(destination, "bind", source, ["rbind", .. readOnly, "rprivate"]);
    }

    /// <summary>A file has nothing mounted below it, and crun 1.8 cannot make one recursively read-only.</summary>
    private string ReadOnly(string source) => _host.RecursiveReadonly && !File.Exists(source) ? "rro" : "ro";

    private string? HostSharedMemory() => _spec.Namespaces.Ipc switch
    {
        "host" => DevShm,
        "shareable" => _inputs.SharedMemoryPath,
        var mode when mode.StartsWith("container:", StringComparison.Ordinal) => _inputs.SharedMemoryPath,
        _ => null,
    };
}
