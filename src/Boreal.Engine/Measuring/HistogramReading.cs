namespace Boreal.Engine.Measuring;

/// <summary>A <see cref="Histogram"/> at one moment.</summary>
/// <param name="Buckets">By upper bound in seconds: how many took so long or less.</param>
/// <param name="Count">All of them.</param>
/// <param name="Sum">Seconds.</param>
public sealed record HistogramReading(IReadOnlyList<(double Bound, long Count)> Buckets, long Count, double Sum);
