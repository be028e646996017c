using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Boreal.Daemon.Connections;

/// <summary>Accepts on one listening socket until unbound.</summary>
internal sealed class DoorListener(ListeningEndPoint endPoint, CancellationToken stopping) : IConnectionListener
{
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint => endPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_unbound.Token, cancellationToken);
        while (true)
        {
            try
            {
                var socket = await endPoint.Socket.AcceptAsync(either.Token);
                return new DoorConnection(socket, endPoint, stopping);
            }
            catch (OperationCanceledException) when (_unbound.IsCancellationRequested)
            {
                return null;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // That client hung up before it was accepted; the next one may be there.
                continue;
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _unbound.Cancel();
        endPoint.Socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _unbound.Dispose();
        return ValueTask.CompletedTask;
    }
}
