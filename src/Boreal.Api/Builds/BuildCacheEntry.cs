using System.Text.Json.Serialization;

namespace Boreal.Api.Builds;

/// <summary>One thing that builds keep, in the answer of <c>GET /system/df</c>.</summary>
public sealed record BuildCacheEntry
{
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>From 1.42 on; before, <see cref="Parent"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Parents { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parent { get; init; }

    /// <summary>regular, source.local, exec.cachemount, ...</summary>
    public required string Type { get; init; }

    public required string Description { get; init; }

    public required bool InUse { get; init; }

    /// <summary>An image has the files too.</summary>
    public required bool Shared { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? LastUsedAt { get; init; }

    public required long UsageCount { get; init; }
}
