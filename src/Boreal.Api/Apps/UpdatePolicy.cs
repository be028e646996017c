using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>How tasks are replaced by those of another revision, in Swarm's terms and with its defaults. Durations are nanoseconds.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UpdatePolicy
{
    /// <summary>Slots replaced at the same time; 0 for all.</summary>
    public int Parallelism { get; set; } = 1;

    /// <summary>Between the end of one slot's replacement and the next.</summary>
    public long Delay { get; set; }

    /// <summary><c>pause</c>, <c>continue</c> or <c>rollback</c> (a rollback that fails pauses).</summary>
    public string FailureAction { get; set; } = "pause";

    /// <summary>A task that ends within this time of running counts as a failure.</summary>
    public long Monitor { get; set; } = 5_000_000_000;

    /// <summary>Slots that may fail, 0 to 1, before <see cref="FailureAction"/> is taken.</summary>
    public double MaxFailureRatio { get; set; }

    /// <summary><c>stop-first</c> or <c>start-first</c>.</summary>
    public string Order { get; set; } = "stop-first";

    /// <summary>A new task that is not running after this time counts as a failure; 0 waits forever.</summary>
    public long ProgressDeadline { get; set; } = 300_000_000_000;
}
