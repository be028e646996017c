using System.Diagnostics;

namespace Boreal.Tests.TestKit.Waiting;

/// <summary>A point in time by the monotonic clock.</summary>
public sealed class Deadline(TimeSpan duration)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public TimeSpan Duration => duration;

    public bool HasPassed => Stopwatch.GetElapsedTime(_start) > duration;
}
