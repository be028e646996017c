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
}
