using System.Globalization;
using Boreal.Engine.Volumes;
using Wire = Boreal.Api.Volumes;

namespace Boreal.Daemon.Endpoints.Volumes;

/// <summary>A volume as Docker shows it.</summary>
internal static class VolumeView
{
    public static Wire.Volume Describe(Volume volume)
    {
        var spec = volume.Spec;
        return new Wire.Volume
        {
            CreatedAt = spec.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Driver = spec.Driver,
            Labels = Sorted(spec.Labels),
            Mountpoint = volume.Mountpoint,
            Name = spec.Name,
            Options = Sorted(spec.Options),
            Scope = "local",
        };
    }

    /// <summary>With what it takes of the disk.</summary>
    public static Wire.Volume Measure(Volume volume) =>
        Describe(volume) with { UsageData = new Wire.VolumeUsage { RefCount = volume.Users.Count, Size = VolumeSizes.Measure(volume) } };

    private static SortedDictionary<string, string>? Sorted(IReadOnlyDictionary<string, string>? pairs) =>
        pairs is null ? null : new SortedDictionary<string, string>(pairs.ToDictionary(), StringComparer.Ordinal);
}
