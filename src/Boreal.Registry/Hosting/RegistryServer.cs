using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Boreal.Registry.Hosting;

/// <summary>An HTTP server that suits a registry: large bodies, and no patience with clients that only hold connections.</summary>
public sealed class RegistryServer : IDisposable
{
    private const int MostConnections = 10_000;
    private const int LargestHead = 32 << 10;

    private readonly KestrelServer _server;
    private readonly Func<HttpContext, Task> _handler;

    /// <param name="listen">Names the addresses, with TLS or without.</param>
    /// <param name="handler">Answers requests; those below <c>/v2</c> by <see cref="RegistryApplication.HandleAsync"/>.</param>
    /// <param name="loggers">Where the server reports to.</param>
    public RegistryServer(Action<KestrelServerOptions> listen, Func<HttpContext, Task> handler, ILoggerFactory loggers)
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = KestrelServices(loggers),
        };
        SetLimits(options.Limits);
        // One connection per transfer is faster than several in the windows of one connection.
        options.ConfigureEndpointDefaults(endPoint => endPoint.Protocols = HttpProtocols.Http1);
        listen(options);
        _server = new KestrelServer(Options.Create(options), new WireTransport(), loggers);
        _handler = handler;
    }

    /// <summary>The addresses that are listened on, with the ports that were free.</summary>
    public ICollection<string> Addresses => _server.Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()?.Addresses ?? [];

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(new Application(_handler), cancellationToken);

    /// <summary>Accepts no more, lets requests finish until <paramref name="deadline"/>, then cuts them.</summary>
    public Task StopAsync(CancellationToken deadline) => _server.StopAsync(deadline);

    public void Dispose() => _server.Dispose();

    /// <summary>What Kestrel's TLS looks for, and has no other way to get.</summary>
    private static ServiceProvider KestrelServices(ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton(loggers);
        return builder.Services.BuildServiceProvider();
    }

    private static void SetLimits(KestrelServerLimits limits)
    {
        // Bodies are bounded where it is known what they are.
        limits.MaxRequestBodySize = null;
        limits.MaxRequestHeadersTotalSize = LargestHead;
        limits.MaxRequestHeaderCount = 100;
        limits.MaxConcurrentConnections = MostConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(20));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(20));
    }

    private sealed class Application(Func<HttpContext, Task> handler) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => handler(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            // Nothing of ours lives as long as a context.
        }
    }
}
