using Boreal.Linux.Descriptors;
using Boreal.Linux.Events;

namespace Boreal.Shim.Loop;

/// <summary>One descriptor's place in the event loop. Stop it before closing the descriptor.</summary>
internal sealed class Watch(EventLoop loop, FileDescriptor descriptor, IEventSource source)
{
    private EpollEvents _wanted;
    private bool _added;

    internal IEventSource Source { get; } = source;

    internal int Token { get; set; }

    internal bool Stopped { get; private set; }

    /// <summary>Asks for these events; errors and hang-up are always told.</summary>
    internal void Want(EpollEvents events)
    {
        if (Stopped || (_added && events == _wanted)) return;
        if (_added) loop.Poll.Modify(descriptor, events, Token);
        else loop.Poll.Add(descriptor, events, Token);
        (_added, _wanted) = (true, events);
    }

    /// <summary>Asks for nothing, not even hang-up (which would be told again and again while nobody reads).</summary>
    internal void Pause()
    {
        if (!_added || Stopped) return;
        loop.Poll.Remove(descriptor);
        _added = false;
    }

    internal void Stop()
    {
        if (Stopped) return;
        Pause();
        Stopped = true;
        loop.Forget(this);
    }
}
