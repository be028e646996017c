using System.Collections.Concurrent;
using System.Net;
using Boreal.Ingress.Backends;
using Boreal.Ingress.Certificates;
using Boreal.Ingress.Listening;
using Boreal.Ingress.Measuring;
using Boreal.Ingress.Routing;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Routes;
using Boreal.Orchestrator.Traffic;

namespace Boreal.Ingress.Sites;

/// <summary>One service: its backends, what leads to them, and where it is listened for it. The ingress's gate guards it; requests read snapshots.</summary>
internal sealed class Site(string service, SiteTools tools) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<BackendKey, Backend> _backends = [];
    private readonly Dictionary<(ushort Target, BackendProtocol Protocol), Upstream> _upstreams = [];
    private readonly Dictionary<IPEndPoint, OpenPort> _ports = [];
    private readonly TrafficMeter _meter = new(service, tools.Time);
    private CertificateFiles? _certificate;
    private HealthProbe? _probe;

    /// <summary>What it claims of the requests for routes.</summary>
    public IReadOnlyList<RouteRule> Rules { get; private set; } = [];

    public ServiceTraffic Traffic => _meter.Read();

    public int CountInFlight(string taskId) => _backends.Values.Where(one => one.Key.TaskId == taskId).Sum(one => one.InFlight);

    /// <summary>Who gets requests, from the return of this call on.</summary>
    /// <exception cref="AppException">Its certificate cannot be used; nothing is changed.</exception>
    public async Task LeadAsync(ServiceEndpoints endpoints, IReadOnlyList<IngressPort> ports)
    {
        var settings = endpoints.Http;
        _certificate = tools.CertificateFor(settings, _certificate);
        var wanted = ports.Select(port => (port.Target, ProtocolOf(port.AppProtocol, settings)))
            .Concat(endpoints.Routes.Select(route => (route.Target, ProtocolOf("", settings)))).ToHashSet();
        var present = new HashSet<BackendKey>();
        foreach (var key in wanted) Fill(key, endpoints, present);
        foreach (var (key, upstream) in _upstreams)
        {
            if (!wanted.Contains(key)) upstream.Set([], endpoints.Http);
        }
        foreach (var (key, backend) in _backends.Where(one => !present.Contains(one.Key)).ToList())
        {
            _backends.TryRemove(key, out _);
            backend.Retire();
        }
        Rules = [.. endpoints.Routes.Select(route => new RouteRule(
            [.. route.Hosts.Select(host => host.ToLowerInvariant())], route.PathPrefix, route.StripPrefix, route.Priority, _upstreams[(route.Target, ProtocolOf("", settings))], _certificate))];
        await ProbeAsync(settings);
    }

    /// <summary>Listens where it is asked to, and nowhere else.</summary>
    /// <exception cref="AppException">A port is in use.</exception>
    public async Task ListenAsync(IReadOnlyList<IngressPort> ports, HttpSettings settings)
    {
        foreach (var (address, open) in _ports.Where(one => !ports.Any(port => IsSame(one.Key, one.Value, port))).ToList())
        {
            _ports.Remove(address);
            await open.Door.DisposeAsync();
        }
        foreach (var port in ports)
        {
            var upstream = _upstreams[(port.Target, ProtocolOf(port.AppProtocol, settings))];
            if (_ports.TryGetValue(port.Address, out var known))
            {
                known.Entry.Lead(upstream, _certificate);
                continue;
            }
            var entry = new PortEntry(upstream, _certificate);
            _ports[port.Address] = new OpenPort(tools.Open(port.Address, service, entry, port.IsSecure ? entry : null), entry, port.Target, port.IsSecure);
        }
    }

    /// <summary>Lets go of the ports that lead elsewhere than to these of the containers.</summary>
    public async Task CloseOthersAsync(IReadOnlySet<ushort> targets)
    {
        foreach (var (address, open) in _ports.Where(one => !targets.Contains(one.Value.Target)).ToList())
        {
            _ports.Remove(address);
            await open.Door.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_probe is { } probe) await probe.DisposeAsync();
        await CloseOthersAsync(new HashSet<ushort>());
        foreach (var upstream in _upstreams.Values) upstream.Set([], upstream.Settings);
        foreach (var backend in _backends.Values) backend.Retire();
        _backends.Clear();
    }

    private static bool IsSame(IPEndPoint address, OpenPort open, IngressPort port) => address.Equals(port.Address) && open.IsSecure == port.IsSecure && open.Target == port.Target;

    private static BackendProtocol ProtocolOf(string appProtocol, HttpSettings settings) => appProtocol switch
    {
        "http2" or "h2c" or "grpc" => BackendProtocol.Http2,
        _ => settings.Protocol switch
        {
            "h2c" => BackendProtocol.Http2,
            "https" => BackendProtocol.Https,
            _ => BackendProtocol.Http1,
        },
    };

    /// <summary>A container on the host's network has no address of its own.</summary>
    private static IPAddress AddressOf(EndpointBackend backend) =>
        backend.Address.Length > 0 ? IPAddress.Parse(backend.Address) : IPAddress.Loopback;

    private void Fill((ushort Target, BackendProtocol Protocol) key, ServiceEndpoints endpoints, HashSet<BackendKey> present)
    {
        if (!_upstreams.TryGetValue(key, out var upstream)) _upstreams[key] = upstream = new Upstream(_meter);
        var ready = new List<Backend>();
        var closed = new List<Backend>();
        foreach (var one in endpoints.Backends)
        {
            var id = new BackendKey(one.TaskId, new IPEndPoint(AddressOf(one), key.Target), key.Protocol);
            present.Add(id);
            if (!_backends.TryGetValue(id, out var backend)) _backends[id] = backend = new Backend(id, tools.Time);
            (one.State is BackendState.Ready ? ready : closed).Add(backend);
        }
        foreach (var backend in ready) backend.Open();
        // New ones are chosen before old ones are closed: a request that finds its choice closed finds the new set.
        upstream.Set([.. ready], endpoints.Http);
        foreach (var backend in closed) backend.Close();
    }

    private async Task ProbeAsync(HttpSettings settings)
    {
        if (_probe?.IsFor(settings) == true) return;
        if (_probe is { } old) await old.DisposeAsync();
        _probe = HealthProbe.Start(settings, () => [.. _backends.Values], tools.Time);
    }

    private sealed record OpenPort(Door Door, PortEntry Entry, ushort Target, bool IsSecure);
}
