namespace Boreal.Cli.Building.Folders;

/// <summary>What of a folder is wanted. Patterns are as in a .dockerignore file.</summary>
internal sealed record FolderFilter
{
    /// <summary>Everything when there are none.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Paths that are wanted, with what links at them lead to.</summary>
    public IReadOnlyList<string> Follow { get; init; } = [];
}
