using Boreal.Api.Apps;

namespace Boreal.Orchestrator.Tasks;

/// <summary>What is seen of a task. Immutable; only its agent writes it.</summary>
public sealed record ServiceTaskStatus
{
    public TaskState State { get; init; }

    /// <summary>When it got into <see cref="State"/>.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Empty before there is one, and after it was removed.</summary>
    public string ContainerId { get; init; } = "";

    public string Why { get; init; } = "";

    public int? ExitCode { get; init; }

    /// <summary>When it was first known to work.</summary>
    public DateTimeOffset? RunningAt { get; init; }

    /// <summary>Its health checks fail.</summary>
    public bool IsUnhealthy { get; init; }

    /// <summary>The hooks after its start have been run.</summary>
    public bool IsHooked { get; init; }

    /// <summary>Since when it is to get nothing new.</summary>
    public DateTimeOffset? DrainingSince { get; init; }

    /// <summary>No process runs for it any more, and none will.</summary>
    public bool HasEnded { get; init; }

    /// <summary>A person stopped its container: the slot rests until a person starts it.</summary>
    public bool IsHeld { get; init; }
}
