using System.Collections.Concurrent;
using Boreal.Engine.Measuring;

namespace Boreal.Daemon.Http;

/// <summary>Counts and times requests, by what routing made of them: paths that nobody serves cannot fill it.</summary>
internal sealed class RequestTally(TimeProvider time)
{
    private readonly ConcurrentDictionary<RequestKind, Histogram> _durations = new();
    private readonly ConcurrentDictionary<(RequestKind Kind, int Status), StrongCount> _counts = new();
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight);

    public IEnumerable<(RequestKind Kind, HistogramReading Durations)> Durations => _durations.Select(entry => (entry.Key, entry.Value.Read()));

    public IEnumerable<(RequestKind Kind, int Status, long Count)> Counts => _counts.Select(entry => (entry.Key.Kind, entry.Key.Status, entry.Value.Value));

    /// <summary>To be kept with the request, for <see cref="End"/>.</summary>
    public RequestBegin Begin()
    {
        Interlocked.Increment(ref _inFlight);
        return new RequestBegin(time.GetTimestamp());
    }

    public void End(HttpContext context)
    {
        Interlocked.Decrement(ref _inFlight);
        if (context.Features.Get<RequestBegin>() is not { } begin)
            return;
        var kind = context.Features.Get<RoutedRequest>() is { } routed ? new RequestKind(context.Request.Method, routed.Template) : RequestKind.Unrouted;
        _durations.GetOrAdd(kind, static _ => new Histogram(Histogram.Durations)).Add(time.GetElapsedTime(begin.Timestamp));
        _counts.GetOrAdd((kind, context.Response.StatusCode), static _ => new StrongCount()).Increment();
    }

    private sealed class StrongCount
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public void Increment() => Interlocked.Increment(ref _value);
    }
}
