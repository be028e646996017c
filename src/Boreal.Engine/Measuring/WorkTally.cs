namespace Boreal.Engine.Measuring;

/// <summary>What is counted of one kind of work.</summary>
public sealed class WorkTally
{
    private long _failures;

    public Histogram Durations { get; } = new(Histogram.Durations);

    public long Failures => Interlocked.Read(ref _failures);

    internal void AddFailure() => Interlocked.Increment(ref _failures);
}
