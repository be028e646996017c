using Boreal.Linux.Descriptors;
using Boreal.Linux.Events;
using Boreal.Shim.Loop;

namespace Boreal.Shim.Containers;

/// <summary>Tells as soon as a running container hits its memory limit so hard that something is killed.</summary>
internal sealed class MemoryWatch : IEventSource
{
    private readonly FileDescriptor _notice;
    private readonly string _counter;
    private readonly Action _killed;
    private readonly Watch _watch;
    private long _seen;

    private MemoryWatch(EventLoop loop, FileDescriptor notice, string counter, Action killed)
    {
        (_notice, _counter, _killed) = (notice, counter, killed);
        _watch = loop.Watch(notice, this);
        _watch.Want(EpollEvents.Readable);
    }

    internal static MemoryWatch? TryStart(EventLoop loop, string? counter, Action killed) =>
        counter is not null && MemoryEvents.Watch(counter) is { } notice ? new MemoryWatch(loop, notice, counter, killed) : null;

    internal void Stop()
    {
        if (_watch.Stopped) return;
        _watch.Stop();
        _notice.Dispose();
    }

    public void OnReady(EpollEvents events)
    {
        Span<byte> buffer = stackalloc byte[512];
        while (_notice.TryRead(buffer) > 0)
        {
        }

        // v1 tells before it kills, v2 also when nothing was killed.
        if (MemoryEvents.TellsBeforeKill(_counter))
        {
            _killed();
            return;
        }

        var kills = MemoryEvents.Kills(_counter);
        if (kills > _seen) _killed();
        _seen = kills;
    }
}
