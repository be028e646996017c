using System.Text.Json.Serialization;

namespace Boreal.Api.Images;

/// <summary>One entry of <c>GET /images/json</c>.</summary>
public sealed record ImageSummary
{
    /// <summary>-1 when not counted.</summary>
    public long Containers { get; init; } = -1;

    /// <summary>Unix seconds.</summary>
    public long Created { get; init; }

    public string Id { get; init; } = "";

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string ParentId { get; init; } = "";

    public IReadOnlyList<string>? RepoDigests { get; init; }

    public IReadOnlyList<string>? RepoTags { get; init; }

    /// <summary>-1 when not computed.</summary>
    public long SharedSize { get; init; } = -1;

    public long Size { get; init; }

    /// <summary>The same as <see cref="Size"/>; sent to clients older than 1.44 only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? VirtualSize { get; init; }
}
