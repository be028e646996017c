using System.Collections.Immutable;
using System.Numerics;

namespace Boreal.Orchestrator.Traffic;

/// <summary>
/// How many requests were answered how fast: counts in buckets that grow with the time, eight to each doubling, so that a
/// percentile is off by 6 % at most and those of several services or replicas can be added. Immutable.
/// </summary>
/// <param name="Counts">By bucket; empty for none at all.</param>
/// <param name="Sum">Of all times.</param>
public sealed record ResponseTimes(ImmutableArray<long> Counts, TimeSpan Sum)
{
    /// <summary>Up to 18 minutes; longer times are counted in the last one.</summary>
    public const int Buckets = 224;

    private const int Shares = 8;
    private const int SharesLog = 3;

    public static ResponseTimes None { get; } = new(ImmutableArray<long>.Empty, TimeSpan.Zero);

    public long Count => Counts.Sum();

    /// <summary>The bucket of a time.</summary>
    public static int BucketOf(TimeSpan time)
    {
        var microseconds = (ulong)Math.Max(time.Ticks / TimeSpan.TicksPerMicrosecond, 0);
        if (microseconds < Shares) return (int)microseconds;
        var exponent = BitOperations.Log2(microseconds);
        var share = (int)(microseconds >> (exponent - SharesLog)) & (Shares - 1);
        return Math.Min(((exponent - SharesLog + 1) * Shares) + share, Buckets - 1);
    }

    /// <summary>The shortest time, in seconds, that is too long for a bucket.</summary>
    public static double EndOf(int bucket)
    {
        var next = bucket + 1;
        if (next < Shares) return next / 1e6;
        return (double)((ulong)(Shares + (next % Shares)) << ((next / Shares) - 1)) / 1e6;
    }

    /// <summary>What came after an earlier look at the same service.</summary>
    public ResponseTimes Since(ResponseTimes earlier) =>
        earlier.Counts.IsEmpty ? this : new([.. Counts.Zip(earlier.Counts, (now, then) => now - then)], Sum - earlier.Sum);

    /// <summary>Seconds within which so large a share of the requests (0.95) was answered; null when there was none.</summary>
    public double? Percentile(double share)
    {
        var wanted = Count * share;
        if (wanted <= 0) return null;
        var (seen, begin) = (0L, 0.0);
        for (var bucket = 0; bucket < Counts.Length; bucket++)
        {
            var (count, end) = (Counts[bucket], EndOf(bucket));
            if (count > 0 && seen + count >= wanted) return begin + ((end - begin) * (wanted - seen) / count);
            seen += count;
            begin = end;
        }
        return begin;
    }

    /// <summary>How many were answered within a time; those of the bucket it lies in are not counted.</summary>
    public long CountWithin(double seconds)
    {
        var sum = 0L;
        for (var bucket = 0; bucket < Counts.Length && EndOf(bucket) <= seconds * (1 + 1e-9); bucket++) sum += Counts[bucket];
        return sum;
    }
}
