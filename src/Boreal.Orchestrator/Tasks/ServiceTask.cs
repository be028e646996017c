using Boreal.Api.Apps;

namespace Boreal.Orchestrator.Tasks;

/// <summary>
/// One attempt to fill a slot: what is asked. It never starts twice; another attempt is another task, which may take over the
/// container of the one before. Immutable; only the planner writes it.
/// </summary>
public sealed record ServiceTask
{
    public required string Id { get; init; }

    public required int Slot { get; init; }

    public required long Revision { get; init; }

    /// <summary>Of the revision.</summary>
    public required string Hash { get; init; }

    /// <summary><c>Ready</c>: make the container; <c>Running</c>: start it; <c>Shutdown</c>: end it; <c>Remove</c>: and take it away.</summary>
    public required TaskState Desired { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why there is this task: <c>scale</c>, <c>update</c>, <c>restart</c>, ...</summary>
    public string Cause { get; init; } = "";

    /// <summary>Not started earlier.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The container of an earlier task of the slot, or one that is adopted, used instead of a new one; empty: none.</summary>
    public string TakesOver { get; init; } = "";

    /// <summary>Of the service, when the task was made.</summary>
    public long Generation { get; init; }

    /// <summary>Failures in a row before this task, for the growing delay.</summary>
    public int Streak { get; init; }

    /// <summary>When the slot was started again, oldest first, as far as the policy's window needs it.</summary>
    public IReadOnlyList<DateTimeOffset> Restarts { get; init; } = [];

    /// <summary>The revisions of the services it depends on, where an update of those replaces it.</summary>
    public IReadOnlyDictionary<string, long> Dependencies { get; init; } = new Dictionary<string, long>();

    /// <summary>Why it is ended although it runs, where that is its own fault; it ends as failed then.</summary>
    public string FailedBy { get; init; } = "";
}
