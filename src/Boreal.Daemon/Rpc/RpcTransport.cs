using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Boreal.Daemon.Rpc;

/// <summary>Kestrel's transport for connections that came another way: what is handed in is accepted.</summary>
internal sealed class RpcTransport : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<RpcConnection> _waiting = Channel.CreateUnbounded<RpcConnection>();

    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.None, 0);

    public bool TryHandIn(RpcConnection connection) => _waiting.Writer.TryWrite(connection);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return ValueTask.FromResult<IConnectionListener>(this);
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _waiting.Reader.WaitToReadAsync(cancellationToken) && _waiting.Reader.TryRead(out var connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _waiting.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
