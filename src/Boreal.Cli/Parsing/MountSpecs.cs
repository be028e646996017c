using Boreal.Api.Containers;
using Boreal.Notation;

namespace Boreal.Cli.Parsing;

/// <summary><c>--mount type=bind,source=…,target=…</c>.</summary>
internal static class MountSpecs
{
    public static Mount Parse(string text)
    {
        var mount = new Mount { Type = "volume" };
        foreach (var field in CsvFields.Split(text))
        {
            var equals = field.IndexOf('=');
            var key = (equals < 0 ? field : field[..equals]).Trim().ToLowerInvariant();
            mount = Apply(mount, key, equals < 0 ? null : field[(equals + 1)..].Trim(), field);
        }

        Check(mount);
        return mount;
    }

    private static Mount Apply(Mount mount, string key, string? value, string field)
    {
        switch (key)
        {
            case "readonly" or "ro": return mount with { ReadOnly = Truth(key, value) };
            case "volume-nocopy": return mount with { VolumeOptions = (mount.VolumeOptions ?? new VolumeOptions()) with { NoCopy = Truth(key, value) } };
            case "bind-nonrecursive": return mount with { BindOptions = Bind(mount) with { NonRecursive = Truth(key, value) } };
        }

        if (value is null) throw new FormatException($"invalid field '{field}' must be a key=value pair");
        return key switch
        {
            "type" => mount with { Type = value.ToLowerInvariant() },
            "source" or "src" => mount with { Source = AbsoluteIfRelative(value) },
            "target" or "dst" or "destination" => mount with { Target = value },
            "consistency" => mount with { Consistency = value.ToLowerInvariant() },
            "bind-propagation" => mount with { BindOptions = Bind(mount) with { Propagation = value.ToLowerInvariant() } },
            "bind-recursive" => mount with { BindOptions = Recursive(Bind(mount), value) },
            "volume-subpath" => mount with { VolumeOptions = Volume(mount) with { Subpath = value } },
            "volume-driver" => mount with { VolumeOptions = Volume(mount) with { DriverConfig = Driver(mount) with { Name = value } } },
            "volume-label" => mount with { VolumeOptions = Volume(mount) with { Labels = With(Volume(mount).Labels, value) } },
            "volume-opt" => mount with { VolumeOptions = Volume(mount) with { DriverConfig = Driver(mount) with { Options = With(Driver(mount).Options, value) } } },
            "image-subpath" => mount with { ImageOptions = new ImageOptions { Subpath = value } },
            "tmpfs-size" => mount with { TmpfsOptions = Tmpfs(mount) with { SizeBytes = Size(value) } },
            "tmpfs-mode" => mount with { TmpfsOptions = Tmpfs(mount) with { Mode = Octal(value) } },
            _ => throw new FormatException($"unexpected key '{key}' in '{field}'"),
        };
    }

    private static void Check(Mount mount)
    {
        if (mount.Type.Length is 0) throw new FormatException("type is required");
        if (mount.Target is not { Length: > 0 }) throw new FormatException("target is required");
        Mixed(mount, "volume", mount.VolumeOptions is not null);
        Mixed(mount, "bind", mount.BindOptions is not null);
        Mixed(mount, "tmpfs", mount.TmpfsOptions is not null);
        Mixed(mount, "image", mount.ImageOptions is not null);
    }

    private static void Mixed(Mount mount, string type, bool used)
    {
        if (used && mount.Type != type) throw new FormatException($"cannot mix '{type}-*' options with mount type '{mount.Type}'");
    }

    private static BindOptions Recursive(BindOptions bind, string value) => value switch
    {
        "enabled" => bind,
        "disabled" => bind with { NonRecursive = true },
        "writable" => bind with { ReadOnlyNonRecursive = true },
        "readonly" => bind with { ReadOnlyForceRecursive = true },
        _ => throw new FormatException($"invalid value for bind-recursive: {value} (must be \"enabled\", \"disabled\", \"writable\", or \"readonly\")"),
    };

    private static string AbsoluteIfRelative(string source) =>
        source is "." || source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(source) : source;

    private static bool Truth(string key, string? value)
    {
        try
        {
            return value is null || GoNumbers.ParseBoolean(value);
        }
        catch (FormatException)
        {
            throw new FormatException($"invalid value for {key}: {value}");
        }
    }

    private static long Size(string value)
    {
        try
        {
            return ByteSize.Parse(value);
        }
        catch (FormatException)
        {
            throw new FormatException($"invalid value for tmpfs-size: {value}");
        }
    }

    private static uint Octal(string value) =>
        value.Length is > 0 and <= 6 && value.All(digit => digit is >= '0' and <= '7')
            ? Convert.ToUInt32(value, 8)
            : throw new FormatException($"invalid value for tmpfs-mode: {value}");

    private static BindOptions Bind(Mount mount) => mount.BindOptions ?? new BindOptions();

    private static VolumeOptions Volume(Mount mount) => mount.VolumeOptions ?? new VolumeOptions();

    private static TmpfsOptions Tmpfs(Mount mount) => mount.TmpfsOptions ?? new TmpfsOptions();

    private static VolumeDriverConfig Driver(Mount mount) => mount.VolumeOptions?.DriverConfig ?? new VolumeDriverConfig();

    private static SortedDictionary<string, string> With(IReadOnlyDictionary<string, string>? before, string pair)
    {
        var map = KeyValueFiles.Map([pair]);
        foreach (var (key, value) in before ?? new Dictionary<string, string>()) map.TryAdd(key, value);
        return map;
    }
}
