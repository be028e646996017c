using System.Net;
using Boreal.Ingress.Forwarding;

namespace Boreal.Ingress.Backends;

/// <summary>
/// One container behind a service, at one port. Requests enter and leave; once it is closed none enters, and whoever closed it sees
/// all that are in.
/// </summary>
internal sealed class Backend : IDisposable
{
    private readonly Lazy<HttpMessageInvoker> _client;
    private readonly Lazy<HttpMessageInvoker> _fresh;
    private readonly TimeProvider _time;
    private int _inFlight;
    private int _failures;
    private long _restsUntil;
    private volatile bool _isClosed;
    private volatile bool _isSick;
    private volatile bool _isRetired;

    public Backend(BackendKey key, TimeProvider time)
    {
        (Key, _time) = (key, time);
        Prefix = $"{(key.Protocol is BackendProtocol.Https ? "https" : "http")}://{key.Address}/";
        _client = new(() => BackendClient.Open(keepsConnections: true, time), LazyThreadSafetyMode.ExecutionAndPublication);
        _fresh = new(() => BackendClient.Open(keepsConnections: false, time), LazyThreadSafetyMode.ExecutionAndPublication);
        Token = BackendToken.Of(key.TaskId);
    }

    public BackendKey Key { get; }

    /// <summary>Names it in cookies.</summary>
    public string Token { get; }

    /// <summary>Where requests go, as the forwarder wants it.</summary>
    public string Prefix { get; }

    public HttpMessageInvoker Client => _client.Value;

    /// <summary>A connection of its own for each request.</summary>
    public HttpMessageInvoker Fresh => _fresh.Value;

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Its health checks fail, or it was not to be reached a moment ago: it is used when there is no other.</summary>
    public bool IsResting => _isSick || (Volatile.Read(ref _failures) > 0 && _time.GetTimestamp() < Interlocked.Read(ref _restsUntil));

    /// <summary>False when it gets no more.</summary>
    public bool TryEnter()
    {
        // Counted before it is looked at: who closes it meanwhile finds the request counted, or the request finds it closed.
        Interlocked.Increment(ref _inFlight);
        if (!_isClosed) return true;
        Interlocked.Decrement(ref _inFlight);
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _inFlight) == 0 && _isRetired) Dispose();
    }

    public void Close()
    {
        _isClosed = true;
        Interlocked.MemoryBarrier();
    }

    public void Open() => _isClosed = false;

    /// <summary>It does not come back: what it has is let go with its last request.</summary>
    public void Retire()
    {
        Close();
        _isRetired = true;
        Interlocked.MemoryBarrier();
        if (InFlight == 0) Dispose();
    }

    public void SetSick(bool isSick) => _isSick = isSick;

    /// <summary>It could not be reached: it rests for a while, longer each time.</summary>
    public void Fail()
    {
        var pause = Math.Min(1 << Math.Min(Interlocked.Increment(ref _failures) - 1, 4), 10);
        Interlocked.Exchange(ref _restsUntil, _time.GetTimestamp() + (pause * _time.TimestampFrequency));
    }

    public void Succeed()
    {
        if (Volatile.Read(ref _failures) != 0) Interlocked.Exchange(ref _failures, 0);
    }

    public void Dispose()
    {
        if (_client.IsValueCreated) _client.Value.Dispose();
        if (_fresh.IsValueCreated) _fresh.Value.Dispose();
    }
}
