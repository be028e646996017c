namespace Boreal.Build.Progress;

/// <summary>Places in a file that a build was described by.</summary>
internal sealed record SourceExcerpt(string FileName, ReadOnlyMemory<byte> Content, IReadOnlyList<SourceRange> Ranges)
{
    public string Language { get; init; } = "Dockerfile";
}
