using System.Collections.Immutable;
using Boreal.Orchestrator.Traffic;

namespace Boreal.Ingress.Measuring;

/// <summary>Counts the requests of one service. Written from all threads, never locked.</summary>
internal sealed class TrafficMeter(string service, TimeProvider time)
{
    private readonly long[] _answers = new long[5];
    private readonly long[] _buckets = new long[ResponseTimes.Buckets];
    private readonly long _epoch = time.GetTimestamp();
    private long _began;
    private long _ended;
    private long _beganAt; // The sum of the timestamps at which requests began; wraps around, as the one below.
    private long _endedAt;
    private long _abandoned;
    private long _retried;
    private long _answerTime;

    public string Service => service;

    /// <returns>The timestamp to end it with.</returns>
    public long Begin()
    {
        var now = time.GetTimestamp();
        Interlocked.Add(ref _beganAt, now - _epoch);
        Interlocked.Increment(ref _began);
        return now;
    }

    public void End()
    {
        Interlocked.Add(ref _endedAt, time.GetTimestamp() - _epoch);
        Interlocked.Increment(ref _ended);
    }

    public void Answer(int status, long began)
    {
        Interlocked.Increment(ref _answers[Math.Clamp(status / 100, 1, 5) - 1]);
        if (status is 101) return;
        var taken = time.GetElapsedTime(began);
        Interlocked.Increment(ref _buckets[ResponseTimes.BucketOf(taken)]);
        Interlocked.Add(ref _answerTime, taken.Ticks);
    }

    public void Abandon() => Interlocked.Increment(ref _abandoned);

    public void Retry() => Interlocked.Increment(ref _retried);

    public ServiceTraffic Read()
    {
        // Ended first: a request that comes and goes in between is then one under way, never one less than none.
        var (endedAt, ended) = (Interlocked.Read(ref _endedAt), Interlocked.Read(ref _ended));
        var (beganAt, began) = (Interlocked.Read(ref _beganAt), Interlocked.Read(ref _began));
        var now = time.GetTimestamp() - _epoch;
        var inFlight = Math.Max(began - ended, 0);
        var busy = unchecked(endedAt - beganAt + (inFlight * now));
        return new ServiceTraffic
        {
            Service = service,
            Began = began,
            InFlight = inFlight,
            Answers = [.. _answers],
            Abandoned = Interlocked.Read(ref _abandoned),
            Retried = Interlocked.Read(ref _retried),
            Busy = TimeSpan.FromSeconds(Math.Max(busy, 0) / (double)time.TimestampFrequency),
            Times = new ResponseTimes([.. _buckets], TimeSpan.FromTicks(Interlocked.Read(ref _answerTime))),
        };
    }
}
