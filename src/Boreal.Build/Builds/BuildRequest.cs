namespace Boreal.Build.Builds;

/// <summary>What a client wants built.</summary>
internal sealed record BuildRequest
{
    /// <summary>dockerfile.v0, or the name of another frontend, which a builder may refuse.</summary>
    public required string Frontend { get; init; }

    /// <summary>The frontend's settings: filename, target, platform, build-arg:*, label:*, context:*, ...</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Results of other builds that this one may use, by the name of the attribute that refers to them.</summary>
    public IReadOnlyDictionary<string, BuildTree> Inputs { get; init; } = new Dictionary<string, BuildTree>();

    public IReadOnlyList<CacheSource> CacheImports { get; init; } = [];

    /// <summary>network.host, security.insecure: what the user allowed this build.</summary>
    public IReadOnlySet<string> Entitlements { get; init; } = new HashSet<string>();

    public bool Evaluate { get; init; }
}
