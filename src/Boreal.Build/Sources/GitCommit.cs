namespace Boreal.Build.Sources;

/// <summary>A commit that a name stands for.</summary>
/// <param name="Id">The commit.</param>
/// <param name="Name">The full name it was found by; the commit itself when it was asked for as such.</param>
internal sealed record GitCommit(string Id, string Name)
{
    /// <summary>The annotated tag in between; empty for none.</summary>
    public string TagId { get; init; } = "";
}
