using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Events;
using Boreal.Shim.Containers;
using Boreal.Shim.Loop;
using Boreal.Shim.Streams;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Connections;

/// <summary>An engine's connection for requests, answers and events. Each request starts with a number its answer repeats.</summary>
internal sealed class ControlConnection : IEventSource
{
    private readonly FileDescriptor _socket;
    private readonly ContainerHost _host;
    private readonly Watch _watch;
    private readonly ByteRing _outgoing = new();
    private readonly WireWriter _writer = new();
    private byte[] _incoming = new byte[512];
    private int _length;

    internal ControlConnection(EventLoop loop, FileDescriptor socket, ContainerHost host)
    {
        _socket = socket;
        _host = host;
        socket.SetNonBlocking(true);
        _watch = loop.Watch(socket, this);
        _watch.Want(EpollEvents.Readable);
    }

    internal void SendState(StateMessage state)
    {
        _writer.BeginFrame(FrameType.State);
        state.WriteTo(_writer);
        SendFrame();
    }

    internal void SendOk(int request)
    {
        _writer.BeginFrame(FrameType.Ok);
        _writer.Int32(request);
        SendFrame();
    }

    internal void SendFailed(int request, int code, string text)
    {
        _writer.BeginFrame(FrameType.Failed);
        _writer.Int32(request);
        _writer.Int32(code);
        _writer.Text(text);
        SendFrame();
    }

    internal void SendStarted(int request, StateMessage state)
    {
        _writer.BeginFrame(FrameType.Started);
        _writer.Int32(request);
        state.WriteTo(_writer);
        SendFrame();
    }

    internal void SendExited(int code, long nanoseconds, bool outOfMemory)
    {
        _writer.BeginFrame(FrameType.Exited);
        _writer.Int32(code);
        _writer.Int64(nanoseconds);
        _writer.Bool(outOfMemory);
        SendFrame();
    }

    internal void SendExecExited(string execId, int code)
    {
        _writer.BeginFrame(FrameType.ExecExited);
        _writer.Text(execId);
        _writer.Int32(code);
        SendFrame();
    }

    internal void SendOutOfMemory()
    {
        _writer.BeginFrame(FrameType.OutOfMemory);
        SendFrame();
    }

    public void OnReady(EpollEvents events)
    {
        if ((events & EpollEvents.Writable) != 0) Flush();
        if (!_watch.Stopped && (events & ~EpollEvents.Writable) != 0) Receive();
    }

    private void SendFrame()
    {
        _writer.EndFrame();
        if (!_watch.Stopped) _outgoing.Add(_writer.Written);
        _writer.Clear();
        Flush();
    }

    private void Flush()
    {
        if (_watch.Stopped) return;
        var result = _outgoing.Flush(_socket, isSocket: true);
        if (result < 0 && result != -Errno.EAGAIN) Close();
        else _watch.Want(_outgoing.Length > 0 ? EpollEvents.Readable | EpollEvents.Writable : EpollEvents.Readable);
    }

    private void Receive()
    {
        if (_length == _incoming.Length) Array.Resize(ref _incoming, _length * 2);
        var count = _socket.TryRead(_incoming.AsSpan(_length));
        if (count == -Errno.EAGAIN) return;
        if (count <= 0)
        {
            Close();
            return;
        }

        _length += count;
        try
        {
            while (TakeFrame())
            {
            }
        }
        catch (FormatException)
        {
            // Not our engine, or a broken one: this connection is of no use any more.
            Close();
        }
    }

    private bool TakeFrame()
    {
        if (_watch.Stopped || _length < Frame.HeaderBytes) return false;
        var (type, payload) = Frame.ReadHeader(_incoming);
        var total = Frame.HeaderBytes + payload;
        if (_length < total) return false;
        Dispatch(type, new WireReader(_incoming.AsSpan(Frame.HeaderBytes, payload)));
        _length -= total;
        _incoming.AsSpan(total, _length).CopyTo(_incoming);
        return true;
    }

    private void Dispatch(FrameType type, WireReader reader)
    {
        if (type is FrameType.ExecExitSeen)
        {
            _host.OnExecExitSeen(reader.Text());
            return;
        }

        var request = reader.Int32();
        switch (type)
        {
            case FrameType.Start: _host.Start(this, request); break;
            case FrameType.Resize: _host.Resize(this, request, reader.Text(), (ushort)reader.Int32(), (ushort)reader.Int32()); break;
            case FrameType.Signal: _host.Signal(this, request, reader.Int32()); break;
            case FrameType.CloseStdin: _host.CloseStdin(this, request); break;
            case FrameType.Release: _host.Release(this, request); break;
            default: throw new FormatException("unknown request");
        }
    }

    private void Close()
    {
        if (_watch.Stopped) return;
        _watch.Stop();
        _socket.Dispose();
        _host.OnControlClosed(this);
    }
}
