namespace Boreal.Build.Builds;

/// <summary>
/// What does the work behind the protocols: it knows no session, no gRPC and no HTTP. Failures that a user can act on are
/// <see cref="BuildException"/>; a cancelled build has left nothing behind when its task ends.
/// </summary>
internal interface IBuilder
{
    /// <summary>What this builder can build for, and how it keeps its cache.</summary>
    BuilderDescription Describe();

    /// <summary>
    /// Runs a frontend on what it is asked, up to a result. With <see cref="BuildRequest.Evaluate"/> unset it may put off what only
    /// <see cref="ExportAsync"/> needs, and need not if that is no gain.
    /// </summary>
    Task<BuildResult> BuildAsync(BuildRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken);

    /// <summary>Brings a result where its client wants it. The answer is what clients know by <see cref="ExportKeys"/>.</summary>
    Task<IReadOnlyDictionary<string, string>> ExportAsync(BuildResult result, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken);

    /// <summary>Tells a cache elsewhere what the result's steps came to. The answer is the client's.</summary>
    Task<IReadOnlyDictionary<string, string>> ExportCacheAsync(BuildResult result, CacheSource target, BuildSurroundings surroundings, CancellationToken cancellationToken);

    /// <summary>Finishes what was put off, so that the result's files are there.</summary>
    Task EvaluateAsync(BuildTree tree, CancellationToken cancellationToken);

    /// <summary>A part of a file in a result; links are followed below the result's root.</summary>
    Task<ReadOnlyMemory<byte>> ReadFileAsync(BuildTree tree, string path, Range range, CancellationToken cancellationToken);

    /// <summary>What the builder keeps, largest cost first where that is known.</summary>
    Task<IReadOnlyList<CacheRecord>> ListCacheAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken);

    /// <summary>Removes what nothing uses and the rule does not keep, and tells each.</summary>
    IAsyncEnumerable<CacheRecord> PruneCacheAsync(CacheRule keep, CancellationToken cancellationToken);
}
