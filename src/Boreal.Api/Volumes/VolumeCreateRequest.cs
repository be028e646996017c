using System.Text.Json;

namespace Boreal.Api.Volumes;

/// <summary>The body of <c>POST /volumes/create</c>. Without a name the volume is anonymous.</summary>
public sealed record VolumeCreateRequest
{
    public string? Name { get; set; }

    public string? Driver { get; set; }

    public IReadOnlyDictionary<string, string>? DriverOpts { get; set; }

    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>Asks for a volume of the cluster's.</summary>
    public JsonElement? ClusterVolumeSpec { get; set; }
}
