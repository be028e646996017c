using Boreal.Build.Builds;

namespace Boreal.Build.Caching;

/// <summary>Decides what of the cache goes. Pure: what it is given is all it knows.</summary>
internal static class CacheCleaning
{
    /// <summary>What the rule does not keep: what was longest not used first, until what stays is small enough.</summary>
    public static IReadOnlyList<CacheRecord> Choose(IReadOnlyList<CacheRecord> records, CacheRule keep, DateTimeOffset now)
    {
        var total = records.Sum(record => record.Size);
        var limit = keep.MaxUsedSpace > 0 ? Math.Max(keep.MaxUsedSpace, keep.ReservedSpace) : keep.ReservedSpace;
        var chosen = new List<CacheRecord>();
        foreach (var record in records.OrderBy(LastUse).ThenByDescending(record => record.Size))
        {
            if (limit > 0 && total <= limit)
                break;
            if (record.InUse || !Matches(record, keep.Filters) || (keep.KeepFor > TimeSpan.Zero && now - LastUse(record) < keep.KeepFor))
                continue;
            chosen.Add(record);
            total -= record.Size;
        }

        return chosen;
    }

    /// <summary>Filters are <c>name==value</c>, <c>name=value</c>, <c>name!=value</c>, <c>name~=pattern</c> or a name that must be said of a record; all must hold.</summary>
    public static bool Matches(CacheRecord record, IReadOnlyList<string> filters) => filters.SelectMany(filter => filter.Split(',')).All(filter => Holds(record, filter));

    private static DateTimeOffset LastUse(CacheRecord record) => record.LastUsedAt ?? record.CreatedAt;

    private static bool Holds(CacheRecord record, string filter)
    {
        var at = filter.IndexOfAny(['=', '!', '~']);
        if (at < 0)
            return filter.Length == 0 || ValueOf(record, filter) is { Length: > 0 };
        var value = filter[at..].TrimStart('=', '!', '~');
        var own = ValueOf(record, filter[..at]) ?? "";
        return filter[at] switch
        {
            '!' => own != value,
            '~' => own.Contains(value.Trim('^', '$', '.', '*'), StringComparison.Ordinal),
            _ => own == value || (filter[..at] is "parents" or "parent" && record.Parents.Contains(value)),
        };
    }

    private static string? ValueOf(CacheRecord record, string name) => name switch
    {
        "id" => record.Id,
        "type" => record.Kind,
        "description" => record.Description,
        "inuse" => record.InUse ? "true" : null,
        "mutable" => record.Mutable ? "true" : null,
        "immutable" => record.Mutable ? null : "true",
        "shared" => record.Shared ? "true" : null,
        "private" => record.Shared ? null : "true",
        "parents" or "parent" => record.Parents is [var parent, ..] ? parent : null,
        _ => null,
    };
}
