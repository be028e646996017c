using Boreal.Build.Builds;

namespace Boreal.Build.Caching;

/// <summary>Decides what of the cache goes. Pure: what it is given is all it knows.</summary>
internal static class CacheCleaning
{
    /// <summary>What the rule does not keep: what was longest not used first, until what stays is small enough.</summary>
    /// <param name="records">All there are.</param>
    /// <param name="keep">The rule.</param>
    /// <param name="now">The time.</param>
    /// <param name="free">Bytes that the disk has left.</param>
    public static IReadOnlyList<CacheRecord> Choose(IReadOnlyList<CacheRecord> records, CacheRule keep, DateTimeOffset now, long free)
    {
        // What an image has too takes no room of its own.
        var total = records.Where(record => !record.Shared).Sum(record => record.Size);
        var limit = LimitOf(keep, total, free);
        var chosen = new List<CacheRecord>();
        foreach (var record in records.OrderBy(LastUse).ThenByDescending(record => record.Size))
        {
            if (total <= limit)
                break;
            if (record.InUse || (record.Shared && !keep.All) || !CacheFilter.Matches(record, keep.Filters) || (keep.KeepFor > TimeSpan.Zero && now - LastUse(record) < keep.KeepFor))
                continue;
            chosen.Add(record);
            total -= record.Shared ? 0 : record.Size;
        }

        return chosen;
    }

    /// <summary>Bytes that may stay; less than none when there is no limit and everything goes that the rule does not keep otherwise.</summary>
    private static long LimitOf(CacheRule keep, long total, long free)
    {
        if (keep is { MaxUsedSpace: <= 0, MinFreeSpace: <= 0, ReservedSpace: <= 0 })
            return -1;
        var limit = keep.MaxUsedSpace > 0 ? keep.MaxUsedSpace : keep.MinFreeSpace > 0 ? long.MaxValue : 0;
        if (keep.MinFreeSpace > free)
            limit = Math.Min(limit, total - (keep.MinFreeSpace - free));
        return Math.Max(limit, keep.ReservedSpace);
    }

    private static DateTimeOffset LastUse(CacheRecord record) => record.LastUsedAt ?? record.CreatedAt;
}
