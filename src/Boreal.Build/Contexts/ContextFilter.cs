namespace Boreal.Build.Contexts;

/// <summary>Which of a client's folders is wanted, and what of it. Patterns are as in a .dockerignore file; the client applies them.</summary>
internal sealed record ContextFilter(string Name)
{
    /// <summary>What it is wanted for: what comes for one purpose is kept apart from what comes for another.</summary>
    public string Purpose { get; init; } = "";

    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Paths that are wanted, with what links at them lead to.</summary>
    public IReadOnlyList<string> Follow { get; init; } = [];
}
