using System.Globalization;
using Boreal.Engine.Containers.Spec;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>A <c>--mount</c> that passed the rules: what it asks to be mounted, and as inspect echoes it.</summary>
internal static class MountMapping
{
    /// <summary>Inspect shows this mode of volumes for which none was given.</summary>
    public const string DefaultVolumeMode = "z";

    public static MountPoint ToMountPoint(Wire.Mount mount)
    {
        var source = mount.Source ?? "";
        var point = new MountPoint { Type = mount.Type, Destination = PathNotation.Clean(mount.Target ?? ""), Writable = !mount.ReadOnly };
        return mount.Type switch
        {
            "bind" => point with
            {
                Source = PathNotation.Clean(source),
                Propagation = string.IsNullOrEmpty(mount.BindOptions?.Propagation) ? "rprivate" : mount.BindOptions.Propagation,
                NonRecursive = mount.BindOptions?.NonRecursive ?? false,
            },
            "tmpfs" => point with { TmpfsOptions = TmpfsOptions(mount) },
            "image" => point with { Name = source, Subpath = mount.ImageOptions?.Subpath ?? "", Writable = false },
            _ => point with
            {
                Name = source,
                Anonymous = source.Length == 0,
                Driver = mount.VolumeOptions?.DriverConfig?.Name ?? "",
                Subpath = mount.VolumeOptions?.Subpath ?? "",
                Mode = DefaultVolumeMode,
                Copy = mount.VolumeOptions is not { NoCopy: true },
                Asked = new VolumeAsked(mount.VolumeOptions?.Labels, mount.VolumeOptions?.DriverConfig?.Options),
            },
        };
    }

    public static MountSpec ToMountSpec(Wire.Mount mount) => new()
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
        Image = mount.ImageOptions is not { } image ? null : new ImageMountSpec(image.Subpath ?? ""),
        Volume = mount.VolumeOptions is not { } volume ? null : new VolumeMountSpec
        {
            NoCopy = volume.NoCopy,
            Labels = volume.Labels,
            Subpath = volume.Subpath ?? "",
            HasDriver = volume.DriverConfig is not null,
            Driver = volume.DriverConfig?.Name ?? "",
            DriverOptions = volume.DriverConfig?.Options,
        },
    };

    private static string TmpfsOptions(Wire.Mount mount)
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
}
