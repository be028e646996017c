using System.Buffers.Binary;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Events;
using Boreal.Linux.Sockets;
using Boreal.Shim.Loop;
using Boreal.ShimWire.Logs;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Streams;

/// <summary>
/// A connection that carries a process' streams. Output waits in a bounded ring; a full ring holds the process back, but
/// only while its reader makes progress: then output for this client is dropped, whole frames at a time, until it has caught up.
/// </summary>
internal sealed class AttachClient : IEventSource
{
    private const int RingLimit = 256 * 1024;
    private const int StallMilliseconds = 2000;
    private const int FrameHeaderBytes = 8;
    private static readonly byte[] Input = GC.AllocateUninitializedArray<byte>(32 * 1024);

    private readonly EventLoop _loop;
    private readonly FileDescriptor _socket;
    private readonly AttachStreams _streams;
    private readonly ProcessStreams _owner;
    private readonly Watch _watch;
    private readonly ByteRing _ring = new();
    private Alarm? _stall;
    private bool _lossy;
    private bool _inputEnded;
    private bool _finishing;

    internal AttachClient(EventLoop loop, FileDescriptor socket, AttachStreams streams, ProcessStreams owner)
    {
        _loop = loop;
        _socket = socket;
        _streams = streams;
        _owner = owner;
        _watch = loop.Watch(socket, this);
        UpdateWatch();
    }

    internal bool Closed => _watch.Stopped;

    internal bool HoldsBack => !Closed && !_lossy && _ring.Length >= RingLimit - OutputSource.ChunkBytes - FrameHeaderBytes;

    internal bool WantsInput => _streams.HasFlag(AttachStreams.Stdin);

    internal void Send(StdStream stream, ReadOnlySpan<byte> data, bool raw)
    {
        var wanted = stream is StdStream.Stderr ? AttachStreams.Stderr : AttachStreams.Stdout;
        if (raw) wanted = AttachStreams.Stdout | AttachStreams.Stderr;
        if (Closed || (_streams & wanted) == 0) return;
        if (_lossy && _ring.Length > 0) return;
        _lossy = false;
        if (!raw)
        {
            Span<byte> header = stackalloc byte[FrameHeaderBytes];
            header.Clear();
            header[0] = (byte)stream;
            BinaryPrimitives.WriteInt32BigEndian(header[4..], data.Length);
            _ring.Add(header);
        }

        _ring.Add(data);
        Flush();
    }

    /// <summary>No more output comes: ends our direction once the ring is empty.</summary>
    internal void Finish()
    {
        _finishing = true;
        if (_ring.Length == 0 || _lossy) Close();
    }

    internal void UpdateWatch()
    {
        if (Closed) return;
        var events = EpollEvents.None;
        if (_ring.Length > 0) events |= EpollEvents.Writable;
        if (!_inputEnded && (!WantsInput || _owner.Stdin.HasRoom)) events |= EpollEvents.Readable;
        _watch.Want(events);
    }

    public void OnReady(EpollEvents events)
    {
        if ((events & EpollEvents.Writable) != 0) Flush();
        if (!Closed && (events & EpollEvents.Readable) != 0) ReadInput();
        if (Closed || (events & (EpollEvents.Error | EpollEvents.Hangup)) == 0 || (events & EpollEvents.Readable) != 0) return;
        // Gone, but what it sent before may still wait in the socket for room in stdin.
        if (WantsInput && !_inputEnded && !_owner.Stdin.HasRoom) _watch.Pause();
        else Close();
    }

    internal void Close()
    {
        if (Closed) return;
        _stall?.Cancel();
        _watch.Stop();
        _ring.Clear();
        _socket.Dispose();
        EndInput();
        _owner.OnClientClosed(this);
    }

    private void ReadInput()
    {
        var count = _socket.TryRead(Input);
        if (count > 0)
        {
            if (WantsInput) _owner.Stdin.Write(Input.AsSpan(0, count));
        }
        else if (count == 0)
        {
            EndInput();
        }
        else if (count != -Errno.EAGAIN)
        {
            Close();
            return;
        }

        UpdateWatch();
    }

    private void EndInput()
    {
        if (_inputEnded) return;
        _inputEnded = true;
        if (WantsInput) _owner.OnClientInputEnded();
    }

    private void Flush()
    {
        var result = _ring.Flush(_socket, isSocket: true);
        if (result < 0 && result != -Errno.EAGAIN)
        {
            Close();
            return;
        }

        if (_ring.Length == 0 || result > 0)
        {
            _stall?.Cancel();
            _stall = null;
        }

        if (_ring.Length == 0 && _finishing)
        {
            Close();
            return;
        }

        if (_ring.Length > 0 && !_lossy) _stall ??= _loop.After(StallMilliseconds, OnStalled);
        UpdateWatch();
        if (result > 0) _owner.OnClientProgress();
    }

    private void OnStalled()
    {
        _stall = null;
        if (_finishing) Close();
        else _lossy = true;
        _owner.OnClientProgress();
    }
}
