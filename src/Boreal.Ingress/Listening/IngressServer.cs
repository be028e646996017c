using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Boreal.Ingress.Certificates;
using Boreal.Ingress.Forwarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Boreal.Ingress.Listening;

/// <summary>Kestrel's HTTP for connections that are handed in: plain, HTTP/2 from the first byte on, or TLS.</summary>
internal sealed class IngressServer : IConnectionListenerFactory, IDisposable
{
    private const int LargestHead = 64 << 10;

    private readonly KestrelServer _server;
    private readonly HandInListener _http2 = new(new IPEndPoint(IPAddress.None, 2));

    public IngressServer(ILoggerFactory loggers, TimeProvider time)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = KestrelServices(loggers) };
        SetLimits(options.Limits);
        options.Listen((IPEndPoint)Plain.EndPoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => new PrefaceSniffer(next, _http2, time).ServeAsync);
        });
        options.Listen((IPEndPoint)_http2.EndPoint, listen => listen.Protocols = HttpProtocols.Http2);
        options.Listen((IPEndPoint)Secure.EndPoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = ChooseAsync });
        });
        _server = new KestrelServer(Options.Create(options), this, loggers);
    }

    /// <summary>Takes connections without TLS.</summary>
    public HandInListener Plain { get; } = new(new IPEndPoint(IPAddress.None, 1));

    /// <summary>Takes connections that begin with TLS.</summary>
    public HandInListener Secure { get; } = new(new IPEndPoint(IPAddress.None, 3));

    public Task StartAsync(IngressApplication application, CancellationToken cancellationToken) => _server.StartAsync(application, cancellationToken);

    /// <summary>Takes no more, lets requests finish until <paramref name="deadline"/>, then cuts them.</summary>
    public Task StopAsync(CancellationToken deadline) => _server.StopAsync(deadline);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(((HandInListener[])[Plain, _http2, Secure]).First(one => one.EndPoint.Equals(endpoint)));

    public void Dispose() => _server.Dispose();

    private static ValueTask<SslServerAuthenticationOptions> ChooseAsync(TlsHandshakeCallbackContext context)
    {
        var host = context.ClientHelloInfo.ServerName;
        return context.Connection.Features.Get<ICertificateChoice>()?.Find(host) is { } found
            ? ValueTask.FromResult(found)
            : throw new AuthenticationException($"there is no certificate for '{host}'");
    }

    private static void SetLimits(KestrelServerLimits limits)
    {
        // What is too large is for the services to say.
        limits.MaxRequestBodySize = null;
        limits.MaxRequestHeadersTotalSize = LargestHead;
        limits.MaxRequestLineSize = LargestHead;
        limits.MaxRequestHeaderCount = 200;
        limits.Http2.MaxStreamsPerConnection = 256;
        limits.Http2.InitialConnectionWindowSize = 1 << 20;
        limits.Http2.InitialStreamWindowSize = 768 << 10;
    }

    /// <summary>What Kestrel's TLS looks for, and has no other way to get.</summary>
    private static ServiceProvider KestrelServices(ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton(loggers);
        return builder.Services.BuildServiceProvider();
    }
}
