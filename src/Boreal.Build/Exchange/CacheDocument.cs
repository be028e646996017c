namespace Boreal.Build.Exchange;

/// <summary>BuildKit's description of a cache (<c>application/vnd.buildkit.cacheconfig.v0</c>): layers, and what steps are known to give them.</summary>
internal sealed record CacheDocument
{
    public const string MediaType = "application/vnd.buildkit.cacheconfig.v0";

    public IReadOnlyList<Layer>? Layers { get; init; }

    public IReadOnlyList<Step>? Records { get; init; }

    /// <param name="Blob">The digest of the compressed layer.</param>
    /// <param name="Parent">The place of the layer below; -1 for none.</param>
    internal sealed record Layer(string Blob, int Parent);

    internal sealed record Step
    {
        /// <summary>What the step came to.</summary>
        public IReadOnlyList<Result>? Layers { get; init; }

        /// <summary>What the step is known by, together with its inputs.</summary>
        public required string Digest { get; init; }

        /// <summary>By input, the records that it may have come from. Steps of Boreal have none: their digest says it all.</summary>
        public IReadOnlyList<IReadOnlyList<Input>>? Inputs { get; init; }
    }

    internal sealed record Result(int Layer, DateTimeOffset CreatedAt);

    internal sealed record Input
    {
        public string? Selector { get; init; }

        public int Link { get; init; }
    }
}
