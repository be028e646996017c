using Boreal.Build.Builds;

namespace Boreal.Daemon.Configuration;

/// <summary>How builds keep their cache, and what they may do.</summary>
internal sealed record BuilderOptions
{
    /// <summary>Whether the cache is cleaned without being asked.</summary>
    public bool CollectsGarbage { get; init; } = true;

    /// <summary>Bytes that the usual rules keep; 0 for a tenth of the disk.</summary>
    public long KeepStorage { get; init; }

    /// <summary>What builds may be allowed by their users.</summary>
    public IReadOnlySet<string> Entitlements { get; init; } = new HashSet<string> { HostNetwork };

    internal const string HostNetwork = "network.host";

    internal const string Insecure = "security.insecure";

    /// <summary>Instead of the usual rules; empty for those.</summary>
    public IReadOnlyList<CacheRule> Rules { get; init; } = [];
}
