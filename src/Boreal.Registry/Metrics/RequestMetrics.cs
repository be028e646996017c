using System.Collections.Concurrent;
using Boreal.Registry.Routing;

namespace Boreal.Registry.Metrics;

/// <summary>Counts of requests by what they were about and how they ended. The labels are few: no name of a client's gets in.</summary>
internal sealed class RequestMetrics
{
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), Cell> _cells = new();
    private long _underWay;
    private long _sentBytes;
    private long _receivedBytes;

    public long UnderWay => Interlocked.Read(ref _underWay);

    public long SentBytes => Interlocked.Read(ref _sentBytes);

    public long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    public IEnumerable<RequestCount> Counts =>
        from pair in _cells
        orderby pair.Key.Route, pair.Key.Method, pair.Key.Status
        select new RequestCount(pair.Key.Method, pair.Key.Route, pair.Key.Status, Interlocked.Read(ref pair.Value.Count), Interlocked.Read(ref pair.Value.Microseconds));

    public void Begin() => Interlocked.Increment(ref _underWay);

    public void End(string method, RouteKind? route, int status, TimeSpan time)
    {
        Interlocked.Decrement(ref _underWay);
        var cell = _cells.GetOrAdd((Known(method), Name(route), status), _ => new Cell());
        Interlocked.Increment(ref cell.Count);
        Interlocked.Add(ref cell.Microseconds, (long)time.TotalMicroseconds);
    }

    public void Moved(long received, long sent)
    {
        Interlocked.Add(ref _receivedBytes, received);
        Interlocked.Add(ref _sentBytes, sent);
    }

    private static string Known(string method) => method is "GET" or "HEAD" or "PUT" or "POST" or "PATCH" or "DELETE" ? method : "other";

    private static string Name(RouteKind? route) => route switch
    {
        null => "other",
        RouteKind.Ping => "ping",
        RouteKind.Catalog => "catalog",
        RouteKind.Tags => "tags",
        RouteKind.Manifest => "manifest",
        RouteKind.Blob => "blob",
        RouteKind.Uploads or RouteKind.Upload => "upload",
        RouteKind.Referrers => "referrers",
        RouteKind.Discovery => "discovery",
        RouteKind.Collection => "collection",
        _ => "other",
    };

    private sealed class Cell
    {
        public long Count;
        public long Microseconds;
    }
}
