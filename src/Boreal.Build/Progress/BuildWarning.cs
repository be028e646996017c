namespace Boreal.Build.Progress;

/// <summary>Something to tell the user although the build goes on.</summary>
internal sealed record BuildWarning
{
    public required string Short { get; init; }

    public int Level { get; init; } = 1;

    public IReadOnlyList<string> Detail { get; init; } = [];

    public string Url { get; init; } = "";

    public SourceExcerpt? Excerpt { get; init; }
}
