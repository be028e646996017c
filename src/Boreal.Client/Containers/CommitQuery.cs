namespace Boreal.Client.Containers;

/// <summary>How a container becomes an image.</summary>
public sealed record CommitQuery
{
    public required string Container { get; init; }

    public string Repository { get; init; } = "";

    public string Tag { get; init; } = "";

    public string Comment { get; init; } = "";

    public string Author { get; init; } = "";

    public IReadOnlyList<string> Changes { get; init; } = [];

    public bool Pause { get; init; } = true;
}
