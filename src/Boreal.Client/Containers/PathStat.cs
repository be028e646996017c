using System.Text.Json.Serialization;

namespace Boreal.Client.Containers;

/// <summary>A file in a container, as the archive endpoints describe it.</summary>
public sealed record PathStat
{
    private const uint DirectoryBit = 1u << 31;
    private const uint SymbolicLinkBit = 1u << 27;

    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("size")]
    public long Size { get; init; }

    /// <summary>Go's FileMode, not st_mode: kinds are in the high bits.</summary>
    [JsonPropertyName("mode")]
    public uint Mode { get; init; }

    [JsonPropertyName("linkTarget")]
    public string LinkTarget { get; init; } = "";

    [JsonIgnore]
    public bool IsDirectory => (Mode & DirectoryBit) is not 0;

    [JsonIgnore]
    public bool IsSymbolicLink => (Mode & SymbolicLinkBit) is not 0;
}
