using Boreal.Build.Builds;

namespace Boreal.Daemon.Configuration;

/// <summary>How builds keep their cache.</summary>
internal sealed record BuilderOptions
{
    /// <summary>Whether the cache is cleaned without being asked.</summary>
    public bool CollectsGarbage { get; init; } = true;

    /// <summary>Bytes that the usual rules keep; 0 for a tenth of the disk.</summary>
    public long KeepStorage { get; init; }

    /// <summary>Instead of the usual rules; empty for those.</summary>
    public IReadOnlyList<CacheRule> Rules { get; init; } = [];
}
