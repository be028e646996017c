using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Events;
using Boreal.Shim.Containers;
using Boreal.Shim.Loop;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Connections;

/// <summary>A connection that has not said yet what it is for. Reads the first frame and not a byte more: raw input may follow.</summary>
internal sealed class NewConnection : IEventSource
{
    private readonly FileDescriptor _socket;
    private readonly ContainerHost _host;
    private readonly Watch _watch;
    private byte[] _frame = new byte[Frame.HeaderBytes];
    private int _length;

    internal NewConnection(EventLoop loop, FileDescriptor socket, ContainerHost host)
    {
        (_socket, _host) = (socket, host);
        _watch = loop.Watch(socket, this);
        _watch.Want(EpollEvents.Readable);
    }

    public void OnReady(EpollEvents events)
    {
        try
        {
            if (!TryFill()) return;
            if (_frame.Length == Frame.HeaderBytes)
            {
                var (_, payload) = Frame.ReadHeader(_frame);
                Array.Resize(ref _frame, Frame.HeaderBytes + payload);
                if (payload > 0 && !TryFill()) return;
            }

            _watch.Stop();
            Dispatch();
        }
        catch (FormatException)
        {
            // Not our engine.
            Close();
        }
    }

    private bool TryFill()
    {
        while (_length < _frame.Length)
        {
            var count = _socket.TryRead(_frame.AsSpan(_length));
            if (count == -Errno.EAGAIN) return false;
            if (count <= 0)
            {
                Close();
                return false;
            }

            _length += count;
        }

        return true;
    }

    private void Dispatch()
    {
        var reader = new WireReader(_frame.AsSpan(Frame.HeaderBytes));
        switch ((FrameType)_frame[4])
        {
            case FrameType.HelloControl: _host.AddControl(_socket); break;
            case FrameType.HelloAttach: _host.Attach(_socket, (AttachStreams)reader.Byte()); break;
            case FrameType.HelloExec: _host.Exec(_socket, ExecMessage.Read(ref reader)); break;
            default: throw new FormatException("unknown greeting");
        }
    }

    private void Close()
    {
        _watch.Stop();
        _socket.Dispose();
    }
}
