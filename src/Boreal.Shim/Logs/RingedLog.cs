using Boreal.ShimWire.Logs;

namespace Boreal.Shim.Logs;

/// <summary>Mode non-blocking: a thread of its own writes, and when the ring is full new output is dropped rather than the container held back.</summary>
internal sealed class RingedLog : IContainerLog
{
    private const int StackBytes = 128 * 1024;

    private readonly IContainerLog _log;
    private readonly int _limit;
    private readonly Queue<(StdStream Stream, byte[] Data)> _queue = new();
    private readonly object _gate = new();
    private readonly Thread _writer;
    private int _queued;
    private bool _closing;

    internal RingedLog(IContainerLog log, int limit)
    {
        _log = log;
        _limit = limit;
        _writer = new Thread(WriteQueued, StackBytes) { IsBackground = true };
        _writer.Start();
    }

    public void Write(StdStream stream, ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            if (_queued + data.Length > _limit) return;
            _queue.Enqueue((stream, data.ToArray()));
            _queued += data.Length;
            Monitor.Pulse(_gate);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        _writer.Join();
        _log.Close();
    }

    private void WriteQueued()
    {
        while (true)
        {
            (StdStream Stream, byte[] Data) next;
            lock (_gate)
            {
                while (_queue.Count == 0)
                {
                    if (_closing) return;
                    Monitor.Wait(_gate);
                }

                next = _queue.Dequeue();
                _queued -= next.Data.Length;
            }

            _log.Write(next.Stream, next.Data);
        }
    }
}
