using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Events;
using Boreal.Shim.Loop;
using Boreal.ShimWire.Logs;

namespace Boreal.Shim.Streams;

/// <summary>One output of the process, read whenever its readers have room.</summary>
internal sealed class OutputSource : IEventSource
{
    // Shared: one thread, and nobody keeps a span of it.
    private static readonly byte[] Buffer = GC.AllocateUninitializedArray<byte>(ChunkBytes);

    internal const int ChunkBytes = 32 * 1024;

    private readonly FileDescriptor _descriptor;
    private readonly StdStream _stream;
    private readonly ProcessStreams _owner;
    private readonly Watch _watch;

    internal OutputSource(EventLoop loop, FileDescriptor descriptor, StdStream stream, ProcessStreams owner)
    {
        _descriptor = descriptor;
        _stream = stream;
        _owner = owner;
        descriptor.SetNonBlocking(true);
        _watch = loop.Watch(descriptor, this);
        _watch.Want(EpollEvents.Readable);
    }

    internal bool Closed => _watch.Stopped;

    internal void Pause() => _watch.Pause();

    internal void Resume() => _watch.Want(EpollEvents.Readable);

    public void OnReady(EpollEvents events)
    {
        var count = _descriptor.TryRead(Buffer);
        if (count > 0)
        {
            _owner.OnOutput(_stream, Buffer.AsSpan(0, count));
        }
        else if (count != -Errno.EAGAIN)
        {
            // 0 is a pipe's end, EIO a terminal's.
            Close();
            _owner.OnOutputClosed();
        }
    }

    internal void Close()
    {
        if (Closed) return;
        _watch.Stop();
        _descriptor.Dispose();
    }
}
