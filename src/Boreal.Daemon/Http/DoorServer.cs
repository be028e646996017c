using Boreal.Daemon.Connections;
using Boreal.Daemon.Rpc;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Boreal.Daemon.Http;

/// <summary>Kestrel's HTTP on our own connections, with none of the limits that would cut a container's stream.</summary>
internal sealed class DoorServer : IDisposable
{
    private const int LargestHead = 1 << 20;

    private readonly KestrelServer _server;
    private readonly CancellationTokenSource _stopping = new();

    public DoorServer(IEnumerable<ListeningEndPoint> endPoints, ILoggerFactory loggers, RpcServer? rpc = null)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        var limits = options.Limits;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.MaxRequestBufferSize = null;
        limits.MaxRequestLineSize = LargestHead;
        limits.MaxRequestHeadersTotalSize = LargestHead;
        limits.MaxRequestHeaderCount = 1000;
        // Not infinite: added to the clock that overflows, and every connection idle at the server's next heartbeat is reset.
        limits.KeepAliveTimeout = TimeSpan.FromDays(100);
        limits.RequestHeadersTimeout = TimeSpan.FromMinutes(1);
        foreach (var endPoint in endPoints)
            options.Listen(endPoint, listen => Configure(listen, rpc));
        _server = new KestrelServer(Options.Create(options), new DoorTransport(_stopping.Token), loggers);
    }

    public Task StartAsync(DoorApplication application, CancellationToken cancellationToken) =>
        _server.StartAsync(application, cancellationToken);

    /// <summary>Accepts no more, ends streams, lets requests finish until <paramref name="deadline"/>, then cuts them.</summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        await _stopping.CancelAsync();
        await _server.StopAsync(deadline);
    }

    public void Dispose()
    {
        _server.Dispose();
        _stopping.Dispose();
    }

    // Kestrel itself takes any cleartext connection for HTTP/1.1.
    private static void Configure(ListenOptions listen, RpcServer? rpc)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => async connection =>
        {
            if (connection is not DoorConnection door || !await door.OpenAsync())
                return;
            if (rpc is not null && await door.BeginsWithHttp2Async())
                await rpc.ServeAsync(door, door.Stopping);
            else
                await next(connection);
        });
    }
}
