using Boreal.Linux.Descriptors;
using Boreal.Linux.Events;
using Boreal.Linux.Sockets;
using Boreal.Shim.Containers;
using Boreal.Shim.Loop;

namespace Boreal.Shim.Connections;

/// <summary>Accepts the engine's connections.</summary>
internal sealed class Listener : IEventSource
{
    private readonly EventLoop _loop;
    private readonly FileDescriptor _socket;
    private readonly ContainerHost _host;

    internal Listener(EventLoop loop, FileDescriptor socket, ContainerHost host)
    {
        (_loop, _socket, _host) = (loop, socket, host);
        socket.SetNonBlocking(true);
        loop.Watch(socket, this).Want(EpollEvents.Readable);
    }

    public void OnReady(EpollEvents events)
    {
        while (UnixSocket.TryAccept(_socket) is { } connection) _ = new NewConnection(_loop, connection, _host);
    }
}
