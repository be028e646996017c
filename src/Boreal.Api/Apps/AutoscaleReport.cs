using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>How a service scales by itself.</summary>
public sealed record AutoscaleReport
{
    /// <summary>As <c>x-autoscale</c> has them; null: it does not scale by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Settings { get; set; }

    /// <summary>A person has stopped it, or chosen a number that the settings do not allow.</summary>
    public bool Paused { get; set; }

    /// <summary>Asked for now.</summary>
    public int Replicas { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>What the last look saw, and which rules applied.</summary>
    public IReadOnlyList<string> Reasons { get; set; } = [];
}
