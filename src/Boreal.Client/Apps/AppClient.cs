using System.Runtime.CompilerServices;
using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Client.Transport;

namespace Boreal.Client.Apps;

/// <summary>
/// Apps on the daemon: desired state, kept by it. What changes something returns when the wish is kept; <see cref="WatchAsync"/> tells
/// what comes of it.
/// </summary>
public sealed class AppClient
{
    private readonly ApiChannel _channel;

    internal AppClient(ApiChannel channel) => _channel = channel;

    private static AppsJsonContext Json => AppsJsonContext.Default;

    public async Task<IReadOnlyList<AppSummary>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(Request("GET", "/boreal/v1/apps"), cancellationToken);
        return await response.JsonAsync(Json.IReadOnlyListAppSummary, cancellationToken);
    }

    /// <summary>What the services of all apps use, or of one.</summary>
    public async Task<IReadOnlyList<ServiceUsage>> UsageAsync(string? app = null, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(Request("GET", app is null ? "/boreal/v1/usage" : On(app) + "/usage"), cancellationToken);
        return await response.JsonAsync(Json.IReadOnlyListServiceUsage, cancellationToken);
    }

    public async Task<AppInspect> InspectAsync(string app, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(Request("GET", On(app)), cancellationToken);
        return await response.JsonAsync(Json.AppInspect, cancellationToken);
    }

    /// <summary>Asks for several services; all are checked before the first is taken.</summary>
    public async Task<AppInspect> PutAsync(string app, AppSpec spec, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(Request("PUT", On(app)).WithJson(spec, Json.AppSpec), cancellationToken);
        return await response.JsonAsync(Json.AppInspect, cancellationToken);
    }

    /// <summary>Asks for one service.</summary>
    /// <param name="app">The app, made when it is not there.</param>
    /// <param name="spec">What is asked.</param>
    /// <param name="version">Only if the service is still at this version; null: whatever it is.</param>
    /// <param name="cancellationToken">Gives up the wait for the answer.</param>
    public async Task<ServiceInspect> PutAsync(string app, ServiceSpec spec, long? version = null, CancellationToken cancellationToken = default)
    {
        var request = Request("PUT", On(app, spec.Name)).With("version", version?.ToString()).WithJson(spec, Json.ServiceSpec);
        await using var response = await _channel.SendAsync(request, cancellationToken);
        return await response.JsonAsync(Json.ServiceInspect, cancellationToken);
    }

    public async Task<ServiceInspect> InspectAsync(string app, string service, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(Request("GET", On(app, service)), cancellationToken);
        return await response.JsonAsync(Json.ServiceInspect, cancellationToken);
    }

    public async Task<ServiceHistory> HistoryAsync(string app, string service, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(Request("GET", On(app, service, "/history")), cancellationToken);
        return await response.JsonAsync(Json.ServiceHistory, cancellationToken);
    }

    public async Task<WhyReport> WhyAsync(string app, string service, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(Request("GET", On(app, service, "/why")), cancellationToken);
        return await response.JsonAsync(Json.WhyReport, cancellationToken);
    }

    /// <summary>Removes every service of an app.</summary>
    /// <param name="app">The app.</param>
    /// <param name="withVolumes">The containers' anonymous volumes go too.</param>
    /// <param name="graceSeconds">From stop signal to SIGKILL; null: each service's own.</param>
    /// <param name="cancellationToken">Gives up the wait for the answer.</param>
    public Task RemoveAsync(string app, bool withVolumes = false, int? graceSeconds = null, CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Request("DELETE", On(app)).With("v", withVolumes).With("t", graceSeconds?.ToString()), cancellationToken);

    /// <inheritdoc cref="RemoveAsync(string, bool, int?, CancellationToken)"/>
    public Task RemoveServiceAsync(string app, string service, bool withVolumes = false, int? graceSeconds = null, CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Request("DELETE", On(app, service)).With("v", withVolumes).With("t", graceSeconds?.ToString()), cancellationToken);

    public Task ScaleAsync(string app, string service, int replicas, CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Request("POST", On(app, service, "/scale")).With("replicas", replicas.ToString()), cancellationToken);

    /// <summary>Asks for the revision before. A service that goes back already is left alone.</summary>
    /// <param name="app">The app.</param>
    /// <param name="service">The service.</param>
    /// <param name="version">Only if the service is still at this version; null: whatever it is.</param>
    /// <param name="cancellationToken">Gives up the wait for the answer.</param>
    public Task RollBackAsync(string app, string service, long? version = null, CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Request("POST", On(app, service, "/rollback")).With("version", version?.ToString()), cancellationToken);

    public async Task<AutoscaleReport> AutoscaleAsync(string app, string service, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(Request("GET", On(app, service, "/autoscale")), cancellationToken);
        return await response.JsonAsync(Json.AutoscaleReport, cancellationToken);
    }

    /// <param name="app">The app.</param>
    /// <param name="service">The service.</param>
    /// <param name="settings">As <c>x-autoscale</c> has them; null: it scales no longer by itself.</param>
    /// <param name="cancellationToken">Gives up the wait for the answer.</param>
    public Task SetAutoscaleAsync(string app, string service, JsonElement? settings, CancellationToken cancellationToken = default)
    {
        var path = On(app, service, "/autoscale");
        return _channel.CallAsync(settings is { } given ? Request("PUT", path).WithJson(given, Json.JsonElement) : Request("DELETE", path), cancellationToken);
    }

    public Task PauseAutoscaleAsync(string app, string service, CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Request("POST", On(app, service, "/autoscale/pause")), cancellationToken);

    public Task ResumeAutoscaleAsync(string app, string service, CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Request("POST", On(app, service, "/autoscale/resume")), cancellationToken);

    /// <summary>Replaces every task by one of the same spec, as an update does.</summary>
    public Task RestartAsync(string app, string service, CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Request("POST", On(app, service, "/restart")), cancellationToken);

    /// <summary>The tasks end; their containers stay.</summary>
    public Task StopAsync(string app, string service, int? graceSeconds = null, CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Request("POST", On(app, service, "/stop")).With("t", graceSeconds?.ToString()), cancellationToken);

    public Task StartAsync(string app, string service, CancellationToken cancellationToken = default) =>
        _channel.CallAsync(Request("POST", On(app, service, "/start")), cancellationToken);

    /// <summary>Every service of an app as it is, then each one that changes, as it is then, without end. An app that is not there yet can be watched.</summary>
    public async IAsyncEnumerable<ServiceInspect> WatchAsync(string app, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(Request("GET", On(app) + "/watch"), cancellationToken);
        await foreach (var service in JsonSerializer.DeserializeAsyncEnumerable(response.Body, Json.ServiceInspect, topLevelValues: true, cancellationToken))
        {
            if (service is not null)
                yield return service;
        }
    }

    private static ApiRequest Request(string method, string path) => new(method, path) { IsVersioned = false };

    private static string On(string app) => $"/boreal/v1/apps/{Uri.EscapeDataString(app)}";

    private static string On(string app, string service, string verb = "") => $"{On(app)}/services/{Uri.EscapeDataString(service)}{verb}";
}
