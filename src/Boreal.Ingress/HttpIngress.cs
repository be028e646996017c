using System.Collections.Concurrent;
using Boreal.Ingress.Forwarding;
using Boreal.Ingress.Listening;
using Boreal.Ingress.Sites;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Traffic;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Yarp.ReverseProxy.Forwarder;

namespace Boreal.Ingress;

/// <summary>
/// HTTP in front of services. What a call asks for is in force when it returns; requests under way go on. Nothing is kept over a restart:
/// it is told again what to do.
/// </summary>
public sealed class HttpIngress : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<string, Site> _sites = new(StringComparer.Ordinal);
    private readonly IngressServer _server;
    private readonly SiteTools _tools;
    private readonly SharedDoors _shared;

    private HttpIngress(IngressServer server, SiteTools tools, IngressOptions options) => (_server, _tools, _shared) = (server, tools, new SharedDoors(options, tools));

    public static async Task<HttpIngress> StartAsync(IngressOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        // It would tell of every request; what concerns people is told by us.
        var forwarder = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging().AddHttpForwarder().BuildServiceProvider().GetRequiredService<IHttpForwarder>();
        var server = new IngressServer(loggers, time);
        await server.StartAsync(new IngressApplication(new RequestForwarder(forwarder, loggers.CreateLogger<RequestForwarder>())), cancellationToken);
        return new HttpIngress(server, new SiteTools(server, time, loggers), options);
    }

    /// <summary>What every service's requests were, in no order.</summary>
    public IReadOnlyList<ServiceTraffic> Traffic => [.. _sites.Values.Select(site => site.Traffic)];

    /// <summary>Null for a service that has nothing here.</summary>
    public ServiceTraffic? TrafficOf(string service) => _sites.GetValueOrDefault(service)?.Traffic;

    /// <summary>Whether a service has something here.</summary>
    public bool Has(string service) => _sites.ContainsKey(service);

    /// <summary>Sets who gets a service's requests and where they arrive, in place of what was. From its return on no backend that is not ready gets a new one.</summary>
    /// <exception cref="Orchestrator.Errors.AppException">A port is in use, or a certificate cannot be used.</exception>
    public Task ApplyAsync(ServiceEndpoints endpoints, IReadOnlyList<IngressPort> ports, CancellationToken cancellationToken) => WithGateAsync(async () =>
    {
        var site = _sites.GetOrAdd(endpoints.Service, service => new Site(service, _tools));
        var hadRules = site.Rules.Count > 0;
        await site.LeadAsync(endpoints, ports);
        await site.ListenAsync(ports, endpoints.Http);
        if (hadRules || site.Rules.Count > 0) await ShareAsync(endpoints.Service);
    }, cancellationToken);

    /// <summary>Stops listening for a service at ports that lead elsewhere than to these of its containers, so that somebody else can.</summary>
    public Task CloseOthersAsync(string service, IReadOnlySet<ushort> targets, CancellationToken cancellationToken) =>
        WithGateAsync(() => _sites.TryGetValue(service, out var site) ? site.CloseOthersAsync(targets) : Task.CompletedTask, cancellationToken);

    /// <summary>Requests that a task is busy with.</summary>
    public int CountInFlight(string service, string task) => _sites.TryGetValue(service, out var site) ? site.CountInFlight(task) : 0;

    /// <summary>Forgets a service. No error when it is not known.</summary>
    public Task RemoveAsync(string service, CancellationToken cancellationToken) =>
        WithGateAsync(async () =>
        {
            if (!_sites.TryRemove(service, out var site)) return;
            if (site.Rules.Count > 0) await ShareAsync(service);
            await site.DisposeAsync();
        }, cancellationToken);

    /// <summary>Listens no more, lets requests finish until <paramref name="deadline"/>, then cuts them.</summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        foreach (var site in _sites.Values) await site.CloseOthersAsync(new HashSet<ushort>());
        await _shared.CloseAsync();
        await _server.StopAsync(deadline);
    }

    public async ValueTask DisposeAsync()
    {
        await _shared.DisposeAsync();
        foreach (var site in _sites.Values) await site.DisposeAsync();
        _server.Dispose();
        _tools.Dispose();
        _gate.Dispose();
    }

    private Task ShareAsync(string service) =>
        _shared.SetAsync([.. _sites.OrderBy(one => one.Key, StringComparer.Ordinal).SelectMany(one => one.Value.Rules)], service);

    private async Task WithGateAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            _gate.Release();
        }
    }
}
