using System.Text.Json.Serialization;

namespace Boreal.Api.Volumes;

/// <summary>A volume.</summary>
public sealed record Volume
{
    public string CreatedAt { get; set; } = "";

    public string Driver { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    public string Mountpoint { get; set; } = "";

    public string Name { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Options { get; set; }

    public string Scope { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VolumeUsage? UsageData { get; set; }
}
