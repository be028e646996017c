using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>What becomes of a slot whose task has ended. Durations are nanoseconds.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TaskRestartPolicy
{
    /// <summary><c>any</c>, <c>on-failure</c> (also when unhealthy) or <c>none</c>.</summary>
    public string Condition { get; set; } = "any";

    /// <summary>Before each start; null: Docker's, 100 ms doubled each time up to a minute, anew after 10 s of running.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Delay { get; set; }

    /// <summary>Starts again at most this often within <see cref="Window"/>; 0 has no limit.</summary>
    public int MaxAttempts { get; set; }

    /// <summary>0: as long as the slot exists.</summary>
    public long Window { get; set; }
}
