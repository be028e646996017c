using Boreal.Linux.Events;

namespace Boreal.Shim.Loop;

/// <summary>Something the event loop wakes.</summary>
internal interface IEventSource
{
    void OnReady(EpollEvents events);
}
