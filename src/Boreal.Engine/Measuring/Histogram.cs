namespace Boreal.Engine.Measuring;

/// <summary>How often something took how long. Any thread may add; nothing waits.</summary>
/// <param name="bounds">Upper bounds of the buckets in seconds, ascending; what is above the last counts only in the sum.</param>
public sealed class Histogram(IReadOnlyList<double> bounds)
{
    /// <summary>For what takes from a millisecond to a minute.</summary>
    public static readonly IReadOnlyList<double> Durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly long[] _counts = new long[bounds.Count + 1];
    private long _ticks;

    public void Add(TimeSpan duration)
    {
        var bucket = 0;
        while (bucket < bounds.Count && duration.TotalSeconds > bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }

    /// <summary>How it stands. Each bucket holds what the ones below it do.</summary>
    public HistogramReading Read()
    {
        var buckets = new (double Bound, long Count)[bounds.Count];
        long count = 0;
        for (var at = 0; at < buckets.Length; at++)
            buckets[at] = (bounds[at], count += Interlocked.Read(ref _counts[at]));
        return new HistogramReading(buckets, count + Interlocked.Read(ref _counts[^1]), TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalSeconds);
    }
}
