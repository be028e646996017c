using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>How the newest update of a service goes.</summary>
public sealed record UpdateStatus
{
    /// <summary><c>updating</c>, <c>paused</c>, <c>completed</c>, <c>rollback_started</c>, <c>rollback_paused</c> or <c>rollback_completed</c>.</summary>
    public string State { get; set; } = "";

    public DateTimeOffset StartedAt { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CompletedAt { get; set; }

    public string Message { get; set; } = "";
}
