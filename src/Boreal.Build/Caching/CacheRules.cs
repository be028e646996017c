using Boreal.Build.Builds;

namespace Boreal.Build.Caching;

/// <summary>What is kept of the cache without being asked, as Docker's rules: applied one after the other after builds.</summary>
internal static class CacheRules
{
    private const double ShortLivedPart = 0.138;
    private const long LeastShortLived = 512_000_000;

    private static readonly string[] ShortLived = ["type==source.local", "type==exec.cachemount", "type==source.git.checkout"];

    /// <param name="limit">Bytes that the cache may take; 0 for a tenth of the disk.</param>
    /// <param name="diskSize">Bytes of the disk that it lies on.</param>
    public static IReadOnlyList<CacheRule> Default(long limit, long diskSize)
    {
        if (limit <= 0)
            limit = ((diskSize / 10 >> 30) + 1) * 1_000_000_000;
        return
        [
            // What is easily had again, when it was not used for two days.
            new CacheRule { Filters = ShortLived, KeepFor = TimeSpan.FromHours(48), ReservedSpace = Math.Max((long)(limit * ShortLivedPart), LeastShortLived) },
            new CacheRule { KeepFor = TimeSpan.FromDays(60), ReservedSpace = limit },
            new CacheRule { ReservedSpace = limit },
            new CacheRule { All = true, ReservedSpace = limit },
        ];
    }
}
