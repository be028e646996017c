namespace Boreal.Build.Builds;

/// <summary>What of the cache is kept when it is cleaned; sizes in bytes, 0 for no limit.</summary>
internal sealed record CacheRule
{
    public bool All { get; init; }

    public TimeSpan KeepFor { get; init; }

    public IReadOnlyList<string> Filters { get; init; } = [];

    public long ReservedSpace { get; init; }

    public long MaxUsedSpace { get; init; }

    public long MinFreeSpace { get; init; }
}
