using System.Net;
using System.Security.Cryptography.X509Certificates;
using Boreal.Orchestrator.Balancing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Boreal.Tests.Functional.Ingress;

/// <summary>A real server as a container's stand-in, at an address of its own on loopback.</summary>
internal sealed class HttpBackend : IAsyncDisposable
{
    private readonly WebApplication _server;

    private HttpBackend(string name, IPEndPoint address, WebApplication server) => (Name, Address, _server) = (name, address, server);

    public string Name { get; }

    public IPEndPoint Address { get; }

    public static async Task<HttpBackend> StartAsync(
        string name, IPEndPoint address, RequestDelegate answer, HttpProtocols protocols = HttpProtocols.Http1, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(address, listen =>
        {
            listen.Protocols = protocols;
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var server = builder.Build();
        server.UseWebSockets();
        server.Run(answer);
        await server.StartAsync(TestContext.Current.CancellationToken);
        var port = new Uri(server.Urls.First()).Port;
        return new HttpBackend(name, new IPEndPoint(address.Address, port), server);
    }

    /// <summary>As the orchestrator tells of it.</summary>
    public EndpointBackend As(BackendState state) => new()
    {
        TaskId = Name,
        ContainerId = Name,
        Address = $"{Address.Address}",
        State = state,
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
