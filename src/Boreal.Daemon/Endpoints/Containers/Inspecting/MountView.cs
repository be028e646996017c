using Boreal.Engine.Containers.Spec;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Inspecting;

/// <summary>A container's mounts as inspect and list show them.</summary>
internal static class MountView
{
    public static IReadOnlyList<Wire.MountPoint> Describe(StorageSpec storage) => storage.MountPoints.Count == 0 ? [] :
    [
        .. storage.MountPoints.Select(point => new Wire.MountPoint
        {
            Type = point.Type,
            Name = point.Name is "" ? null : point.Name,
            Source = point.Source,
            Destination = point.Destination,
            Driver = point.Driver is "" ? null : point.Driver,
            Mode = point.Mode,
            RW = point.Writable,
            Propagation = point.Propagation,
        }),
    ];

    /// <summary>A <c>--mount</c> as it was asked for.</summary>
    public static Wire.Mount Describe(MountSpec mount) => new()
    {
        Type = mount.Type,
        Source = mount.Source is "" ? null : mount.Source,
        Target = mount.Target,
        ReadOnly = mount.ReadOnly,
        Consistency = mount.Consistency is "" ? null : mount.Consistency,
        BindOptions = mount.Bind is not { } bind ? null : new Wire.BindOptions
        {
            Propagation = bind.Propagation is "" ? null : bind.Propagation,
            NonRecursive = bind.NonRecursive,
            CreateMountpoint = bind.CreateMountpoint,
            ReadOnlyNonRecursive = bind.ReadOnlyNonRecursive,
            ReadOnlyForceRecursive = bind.ReadOnlyForceRecursive,
        },
        VolumeOptions = mount.Volume is not { } volume ? null : new Wire.VolumeOptions
        {
            NoCopy = volume.NoCopy,
            Labels = volume.Labels,
            Subpath = volume.Subpath is "" ? null : volume.Subpath,
            DriverConfig = !volume.HasDriver ? null : new Wire.VolumeDriverConfig { Name = volume.Driver is "" ? null : volume.Driver, Options = volume.DriverOptions },
        },
        ImageOptions = mount.Image is not { } image ? null : new Wire.ImageOptions { Subpath = image.Subpath is "" ? null : image.Subpath },
        TmpfsOptions = mount.Tmpfs is not { } tmpfs ? null : new Wire.TmpfsOptions { SizeBytes = tmpfs.SizeBytes, Mode = (uint)tmpfs.Mode },
    };
}
