using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Events;
using Boreal.Shim.Loop;

namespace Boreal.Shim.Streams;

/// <summary>The process' standard input: a pipe or the terminal. Clients read only while there is room here.</summary>
internal sealed class StdinSink : IEventSource
{
    private readonly EventLoop _loop;
    private readonly Action _roomChanged;
    private readonly ByteRing _waiting = new();
    private FileDescriptor? _target;
    private Watch? _watch;
    private bool _closeWhenDrained;

    internal StdinSink(EventLoop loop, Action roomChanged)
    {
        _loop = loop;
        _roomChanged = roomChanged;
    }

    /// <summary>Nothing can be written any more: what clients send is thrown away.</summary>
    internal bool Closed { get; private set; }

    internal bool HasRoom => Closed || (_target is not null && _waiting.Length == 0);

    internal void Open(FileDescriptor target)
    {
        target.SetNonBlocking(true);
        _target = target;
        _watch = _loop.Watch(target, this);
        Flush();
        _roomChanged();
    }

    internal void Write(ReadOnlySpan<byte> data)
    {
        if (Closed || _closeWhenDrained) return;
        _waiting.Add(data);
        if (_target is not null) Flush();
    }

    /// <summary>End of input, after what waits has been written.</summary>
    internal void CloseWhenDrained()
    {
        _closeWhenDrained = true;
        if (_waiting.Length == 0) Close();
    }

    internal void Close()
    {
        if (Closed) return;
        Closed = true;
        _watch?.Stop();
        _target?.Dispose();
        _waiting.Clear();
        _roomChanged();
    }

    public void OnReady(EpollEvents events)
    {
        if (_waiting.Length == 0 && (events & (EpollEvents.Error | EpollEvents.Hangup)) != 0) Close();
        else Flush();
    }

    private void Flush()
    {
        // Open has set both.
        if (_target is null || _watch is null) return;
        var result = _waiting.Flush(_target, isSocket: false);
        if (result < 0 && result != -Errno.EAGAIN)
        {
            Close();
            return;
        }

        if (_waiting.Length > 0)
        {
            _watch.Want(EpollEvents.Writable);
            return;
        }

        _watch.Pause();
        if (_closeWhenDrained) Close();
        else if (result > 0) _roomChanged();
    }
}
