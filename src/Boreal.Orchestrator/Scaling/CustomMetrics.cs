using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Scaling;

/// <summary>
/// Numbers that others tell by HTTP: as Prometheus samples, whose values with one name are added up, or as a number alone. A host that
/// is a service of the same app is one of its tasks that run.
/// </summary>
internal sealed class CustomMetrics : IDisposable
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly HttpRequestOptionsKey<string> App = new("app");

    private readonly AppsView _view;
    private readonly INode _node;
    private readonly Lazy<HttpClient> _client;

    internal CustomMetrics(AppsView view, INode node)
    {
        (_view, _node) = (view, node);
        _client = new(() => new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            UseProxy = false,
            AllowAutoRedirect = false,
            // One name stands for another task in the next moment, and in another app: no connection is used twice.
            PooledConnectionLifetime = TimeSpan.Zero,
        }) { Timeout = Timeout, MaxResponseContentBufferSize = MostBytes });
    }

    /// <summary>Those that could be read, by address and name.</summary>
    internal async Task<IReadOnlyDictionary<(string Url, string Name), double>> ReadAsync(string app, AutoscaleSettings settings, CancellationToken cancellationToken)
    {
        var values = new Dictionary<(string, string), double>();
        foreach (var metric in settings.Metrics.Where(metric => metric.Kind is MetricKind.Custom))
        {
            if (await TryReadAsync(app, metric, cancellationToken) is { } value)
                values[(metric.Url, metric.Name)] = value;
        }
        return values;
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    /// <summary>Null when nobody answers, or something else: the decision says that the metric is missing.</summary>
    private async Task<double?> TryReadAsync(string app, ScalingMetric metric, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, metric.Url);
            request.Options.Set(App, app);
            using var response = await _client.Value.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? Parse(await response.Content.ReadAsStringAsync(cancellationToken), metric.Name) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>The Prometheus text format, version 0.0.4: <c>name{labels} value [time]</c>.</summary>
    internal static double? Parse(string text, string name)
    {
        if (name.Length is 0)
            return Number(text.Trim());
        double? sum = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(name, StringComparison.Ordinal) || line.Length == name.Length || line[name.Length] is not (' ' or '\t' or '{'))
                continue;
            var labels = line.LastIndexOf('}');
            var rest = line[(labels < 0 ? name.Length : labels + 1)..].Trim();
            var end = rest.IndexOfAny(' ', '\t');
            if (Number(end < 0 ? rest : rest[..end]) is { } value)
                sum = (sum ?? 0) + value;
        }
        return sum;
    }

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        EndPoint target = context.InitialRequestMessage.Options.TryGetValue(App, out var app) && AddressOf(app, host) is { } address
            ? new IPEndPoint(address, port)
            : context.DnsEndPoint;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private IPAddress? AddressOf(string app, string service) =>
        _view.Find(ServiceKeys.Id(app, service))?.Tasks.Values
            .Where(task => task.IsRunning)
            .Select(task => IPAddress.TryParse(_node.Find(task.Status.ContainerId)?.Address, out var address) ? address : null)
            .FirstOrDefault(address => address is not null);
}
