namespace Boreal.Orchestrator.Nodes;

/// <summary>What is seen of a container at one moment.</summary>
public sealed record ObservedContainer
{
    public required string Id { get; init; }

    /// <summary>Without a slash.</summary>
    public required string Name { get; init; }

    public required ContainerPhase Phase { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public string Image { get; init; } = "";

    public int ExitCode { get; init; }

    public bool OutOfMemory { get; init; }

    /// <summary>Why the last start failed; empty otherwise.</summary>
    public string Error { get; init; } = "";

    public ContainerHealth Health { get; init; }

    /// <summary>The output of the last failed probe; empty otherwise.</summary>
    public string HealthOutput { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>By which this machine reaches it; empty while it does not run, and where it has none of its own.</summary>
    public string Address { get; init; } = "";
}
