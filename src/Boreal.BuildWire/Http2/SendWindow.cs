namespace Boreal.BuildWire.Http2;

/// <summary>How much the peer is ready to take, on the whole connection and on each stream of it.</summary>
internal sealed class SendWindow
{
    private const int Initial = 65535;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _streams = [];
    private long _connection = Initial;
    private int _initial = Initial;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open(int stream)
    {
        lock (_lock)
            _streams[stream] = _initial;
    }

    public void Close(int stream)
    {
        lock (_lock)
            _streams.Remove(stream);
        Wake();
    }

    /// <summary>Waits until something may be sent and takes up to <paramref name="wanted"/> of it; 0 when the stream is closed.</summary>
    public async ValueTask<int> TakeAsync(int stream, int wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (!_streams.TryGetValue(stream, out var open))
                    return 0;
                var taken = (int)Math.Min(wanted, Math.Min(open, _connection));
                if (taken > 0)
                {
                    _streams[stream] = open - taken;
                    _connection -= taken;
                    return taken;
                }
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stream 0 is the connection.</summary>
    public void Add(int stream, int amount)
    {
        lock (_lock)
        {
            if (stream == 0)
                _connection = Checked(_connection + amount);
            else if (_streams.TryGetValue(stream, out var open))
                _streams[stream] = Checked(open + amount);
        }
        Wake();
    }

    /// <summary>The peer's setting holds for streams that are open already, too.</summary>
    public void SetInitial(uint size)
    {
        if (size > int.MaxValue)
            throw new Http2Exception(Http2Error.FlowControl, $"a window of {size} bytes is more than there can be");
        lock (_lock)
        {
            var difference = (long)size - _initial;
            _initial = (int)size;
            foreach (var stream in _streams.Keys.ToList())
                _streams[stream] = Checked(_streams[stream] + difference);
        }
        Wake();
    }

    private void Wake()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.TrySetResult();
    }

    private static long Checked(long size) => size <= int.MaxValue
        ? size
        : throw new Http2Exception(Http2Error.FlowControl, "a window grew over what there can be");
}
