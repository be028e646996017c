using System.Net;
using Boreal.Api.Apps;
using Boreal.Ingress;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Routes;
using Boreal.Tests.TestKit.Machine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Functional.Ingress;

/// <summary>A running ingress, a published port, and backends that all listen on one port, each at an address of its own: as containers do.</summary>
internal sealed class IngressLab : IAsyncDisposable
{
    public const string Service = "shop/web";

    private readonly List<HttpBackend> _backends = [];
    private long _revision;

    private IngressLab(HttpIngress ingress, ushort target, IPEndPoint published, IngressOptions options) => (Ingress, Target, Published, Options) = (ingress, target, published, options);

    public HttpIngress Ingress { get; }

    /// <summary>The port in the containers.</summary>
    public ushort Target { get; }

    /// <summary>Where clients ask.</summary>
    public IPEndPoint Published { get; }

    /// <summary>Where requests for routes arrive.</summary>
    public IngressOptions Options { get; }

    public string AppProtocol { get; set; } = "http";

    public HttpSettings Settings { get; set; } = new();

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public Uri Url(string path = "/") => new($"http://{Published}{path}");

    public static async Task<IngressLab> StartAsync()
    {
        var options = new IngressOptions { Http = [new(IPAddress.Loopback, FreePort.Find())], Https = [new(IPAddress.Loopback, FreePort.Find())] };
        return new(await HttpIngress.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken), (ushort)FreePort.Find(), new IPEndPoint(IPAddress.Loopback, FreePort.Find()), options);
    }

    public async Task<HttpBackend> AddAsync(string name, RequestDelegate answer, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var backend = await HttpBackend.StartAsync(name, new IPEndPoint(AddressOf(_backends.Count), Target), answer, protocols);
        _backends.Add(backend);
        return backend;
    }

    /// <summary>A backend that says its name.</summary>
    public Task<HttpBackend> AddAsync(string name) => AddAsync(name, context => context.Response.WriteAsync(name));

    public Task ApplyAsync(params EndpointBackend[] backends) => Ingress.ApplyAsync(
        new ServiceEndpoints { Service = Service, Revision = ++_revision, Backends = backends, Http = Settings },
        [new IngressPort(Published, Target, AppProtocol)], TestContext.Current.CancellationToken);

    /// <summary>Another service: one route, no published port.</summary>
    public Task RouteAsync(string service, HttpRoute route, params EndpointBackend[] backends) => Ingress.ApplyAsync(
        new ServiceEndpoints { Service = service, Revision = ++_revision, Backends = backends, Http = Settings, Routes = [route with { Target = Target }] }, [], TestContext.Current.CancellationToken);

    public Task ApplyReadyAsync() => ApplyAsync([.. _backends.Select(backend => backend.As(BackendState.Ready))]);

    public Task<string> GetAsync(string path = "/") => Client.GetStringAsync(Url(path), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Ingress.DisposeAsync();
        foreach (var backend in _backends) await backend.DisposeAsync();
    }

    /// <summary>Some of the backends, ready.</summary>
    public static EndpointBackend[] Ready(IngressLab lab, Func<string, bool> which) =>
        [.. lab._backends.Where(backend => which(backend.Name)).Select(backend => backend.As(BackendState.Ready))];

    /// <summary>Nobody is there.</summary>
    public static EndpointBackend Absent(string name, int place) => new()
    {
        TaskId = name,
        ContainerId = name,
        Address = $"{AddressOf(place)}",
        State = BackendState.Ready,
    };

    private static IPAddress AddressOf(int place) => IPAddress.Parse($"127.0.9.{place + 1}");
}
