using Boreal.Daemon.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Boreal.Daemon.Metrics;

/// <summary>Serves the metrics on an address of their own, in the clear, as Prometheus' targets do.</summary>
internal sealed class MetricsServer : IDisposable
{
    private const int MostConnections = 100;

    private readonly KestrelServer _server;
    private readonly CancellationTokenSource _stopping = new();

    public MetricsServer(ListeningEndPoint endPoint, ILoggerFactory loggers)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = MostConnections;
        options.Limits.MaxRequestBodySize = 0;
        options.Listen(endPoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => async connection =>
            {
                if (connection is DoorConnection door && await door.OpenAsync())
                    await next(connection);
            });
        });
        _server = new KestrelServer(Options.Create(options), new DoorTransport(_stopping.Token), loggers);
    }

    public Task StartAsync(MetricsApplication application, CancellationToken cancellationToken) => _server.StartAsync(application, cancellationToken);

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
}
