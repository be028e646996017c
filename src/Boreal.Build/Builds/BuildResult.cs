namespace Boreal.Build.Builds;

/// <summary>What a build came to: a tree, or one for each of several platforms, or only metadata (a check has no tree).</summary>
internal sealed record BuildResult
{
    /// <summary>The one tree; null with <see cref="Platforms"/> or with metadata only.</summary>
    public BuildTree? Tree { get; init; }

    public IReadOnlyDictionary<string, BuildTree> Platforms { get; init; } = new Dictionary<string, BuildTree>();

    /// <summary>containerimage.config and the like, and what subrequests answer: result.json, result.txt, version.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Metadata { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();
}
