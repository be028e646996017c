namespace Boreal.Compose.Planning;

/// <summary>How a project is to be brought up.</summary>
internal sealed record PlanOptions
{
    /// <summary>Replicas by service, from the command line.</summary>
    public IReadOnlyDictionary<string, int> Scale { get; init; } = new Dictionary<string, int>();

    /// <summary>When images are pulled; empty for what each service says.</summary>
    public string Pull { get; init; } = "";

    public bool Builds { get; init; }

    public bool NeverBuilds { get; init; }

    /// <summary>Containers are made anew although nothing changed.</summary>
    public bool ForceRecreate { get; init; }

    public bool RemovesOrphans { get; init; }

    /// <summary>The services asked for; the others are there because these need them. Empty when all are asked for.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>What is there stays as it is, only the number of containers counts.</summary>
    public bool NeverRecreates { get; init; }

    /// <summary>The services that the targets need are made anew.</summary>
    public bool RecreatesNeeded { get; init; }

    /// <summary>Nothing is done for the services that the targets need, nor waited for.</summary>
    public bool LeavesNeeded { get; init; }
}
