using System.IO.Pipelines;
using System.Net;
using Boreal.Engine.Errors;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Boreal.Daemon.Rpc;

/// <summary>HTTP/2 for connections that clients turned into it. Nothing of it exists before the first.</summary>
internal sealed class RpcServer(Func<RpcApplication> application, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private readonly RpcTransport _transport = new();
    private KestrelServer? _server;

    /// <summary>Serves the stream until one side is done with it.</summary>
    public async Task ServeAsync(IDuplexPipe client, CancellationToken gone)
    {
        await StartAsync(gone);
        var connection = new RpcConnection(client, gone);
        if (!_transport.TryHandIn(connection))
            throw new EngineException(ErrorKind.Unavailable, "the engine is stopping");
        await connection.Over;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.StopAsync(new CancellationToken(canceled: true));
            server.Dispose();
        }
        _starting.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_server is not null)
            return;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_server is not null)
                return;
            var server = new KestrelServer(Options.Create(CreateOptions()), _transport, loggers);
            await server.StartAsync(application(), cancellationToken);
            _server = server;
        }
        finally
        {
            _starting.Release();
        }
    }

    private static KestrelServerOptions CreateOptions()
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        // A client holds its connection for as long as it likes; see DoorServer for why this is not infinite.
        options.Limits.KeepAliveTimeout = TimeSpan.FromDays(100);
        options.Listen(new IPEndPoint(IPAddress.None, 0), listen => listen.Protocols = HttpProtocols.Http2);
        return options;
    }
}
