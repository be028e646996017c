using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>
/// One entry of <c>GET /boreal/v1/usage</c>: what a service's tasks use. Times and counts grow; what happens in a second, or the share
/// of a processor, is the difference of two answers by the difference of their <see cref="At"/>.
/// </summary>
public sealed record ServiceUsage
{
    public string App { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>When it was looked.</summary>
    public DateTimeOffset At { get; set; }

    public ServiceCounts Counts { get; set; } = new();

    /// <summary>Tasks that get new connections.</summary>
    public int Ready { get; set; }

    public bool Converged { get; set; }

    /// <summary>Those with a process.</summary>
    public IReadOnlyList<TaskUsage> Tasks { get; set; } = [];

    /// <summary>Connections that clients have to the service by its ports and addresses; null when the kernel cannot tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Connections { get; set; }

    /// <summary>Null: nobody looks into its requests.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrafficUsage? Traffic { get; set; }

    /// <summary>The newest decision about it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AppDecision? LastDecision { get; set; }
}
