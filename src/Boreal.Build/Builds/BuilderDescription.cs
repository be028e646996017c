namespace Boreal.Build.Builds;

/// <summary>A builder as clients list it.</summary>
internal sealed record BuilderDescription
{
    /// <summary>Stays the same for the life of the engine's data.</summary>
    public required string Id { get; init; }

    public required string Version { get; init; }

    /// <summary>As os/architecture or os/architecture/variant; the machine's own first.</summary>
    public required IReadOnlyList<string> Platforms { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What users may allow their builds.</summary>
    public IReadOnlySet<string> Entitlements { get; init; } = new HashSet<string>();

    public IReadOnlyList<CacheRule> Rules { get; init; } = [];
}
