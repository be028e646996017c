using Boreal.Api.Containers;
using Boreal.Api.Json;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Options;

/// <summary>Mounts, logs and annotations.</summary>
internal sealed class StorageOptions(FlagSet flags)
{
    private readonly ListFlag _annotations = flags.Add(new ListFlag("annotation", '\0', "Add an annotation to the container (passed through to the OCI runtime) (default map[])") { ValueName = "map" });
    private readonly ValueFlag<string> _logDriver = flags.Text("log-driver", '\0', "Logging driver for the container");
    private readonly ListFlag _logOptions = flags.List("log-opt", '\0', "Log driver options");
    private readonly ListFlag _mounts = flags.Add(new ListFlag("mount", '\0', "Attach a filesystem mount to the container", text =>
    {
        MountSpecs.Parse(text);
        return text;
    }) { ValueName = "mount" });

    private readonly ValueFlag<bool> _readOnly = flags.Switch("read-only", '\0', "Mount the container's root filesystem as read only");
    private readonly ValueFlag<long> _sharedMemory = flags.Value("shm-size", '\0', "bytes", "Size of /dev/shm", 0L, ByteSize.Parse);
    private readonly ListFlag _storage = flags.List("storage-opt", '\0', "Storage driver options for the container");
    private readonly ListFlag _tmpfs = flags.List("tmpfs", '\0', "Mount a tmpfs directory");
    private readonly ListFlag _volumes = flags.List("volume", 'v', "Bind mount a volume");
    private readonly ValueFlag<string> _volumeDriver = flags.Text("volume-driver", '\0', "Optional volume driver for the container");
    private readonly ListFlag _volumesFrom = flags.List("volumes-from", '\0', "Mount volumes from the specified container(s)");

    public HostConfig AddTo(HostConfig host)
    {
        if (_logDriver.Value is "none" && _logOptions.Values.Count > 0) throw new FormatException("invalid logging opts for driver none");
        if (_storage.Values.Any(option => !option.Contains('=', StringComparison.Ordinal))) throw new FormatException("invalid storage option");
        var binds = _volumes.Values.Distinct(StringComparer.Ordinal).Select(VolumeSpecs.Bind).OfType<string>().ToList();
        return host with
        {
            Annotations = _annotations.Values.Count > 0 ? KeyValueFiles.Map(_annotations.Values) : null,
            Binds = binds.Count > 0 ? binds : null,
            LogConfig = new LogConfig { Type = _logDriver.Value, Config = KeyValueFiles.Map(_logOptions.Values) },
            Mounts = _mounts.Values.Count > 0 ? [.. _mounts.Values.Select(MountSpecs.Parse)] : null,
            ReadonlyRootfs = _readOnly.Value,
            ShmSize = _sharedMemory.Value,
            StorageOpt = _storage.Values.Count > 0 ? KeyValueFiles.Map(_storage.Values) : null,
            Tmpfs = _tmpfs.Values.Count > 0 ? _tmpfs.Values.Select(text => text.Split(':', 2)).ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal) : null,
            VolumeDriver = _volumeDriver.Value,
            VolumesFrom = _volumesFrom.Values.Count > 0 ? _volumesFrom.Values : null,
        };
    }

    public IReadOnlyDictionary<string, EmptyObject?>? AnonymousVolumes()
    {
        var volumes = _volumes.Values.Where(spec => VolumeSpecs.Bind(spec) is null).Distinct(StringComparer.Ordinal)
            .ToDictionary(path => path, EmptyObject? (_) => EmptyObject.Instance, StringComparer.Ordinal);
        return volumes;
    }
}
