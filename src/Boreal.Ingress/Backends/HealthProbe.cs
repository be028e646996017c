using Boreal.Orchestrator.Routes;

namespace Boreal.Ingress.Backends;

/// <summary>Asks each backend of a service at an interval whether it is well.</summary>
internal sealed class HealthProbe : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<IReadOnlyCollection<Backend>> _backends;
    private readonly TimeProvider _time;
    private readonly Task _asking;

    private HealthProbe(HttpSettings settings, Func<IReadOnlyCollection<Backend>> backends, TimeProvider time)
    {
        (Settings, _backends, _time) = (settings, backends, time);
        _asking = Task.Run(AskAsync);
    }

    public HttpSettings Settings { get; }

    public static HealthProbe? Start(HttpSettings settings, Func<IReadOnlyCollection<Backend>> backends, TimeProvider time) =>
        settings.HealthPath.Length > 0 ? new HealthProbe(settings, backends, time) : null;

    public bool IsFor(HttpSettings settings) =>
        (Settings.HealthPath, Settings.HealthInterval, Settings.HealthTimeout) == (settings.HealthPath, settings.HealthInterval, settings.HealthTimeout);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _asking;
        foreach (var backend in _backends()) backend.SetSick(false);
        _ending.Dispose();
    }

    private async Task AskAsync()
    {
        try
        {
            while (true)
            {
                await Task.WhenAll(_backends().Select(AskAsync));
                await Task.Delay(Settings.HealthInterval, _time, _ending.Token);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // Nobody asks any more.
        }
    }

    private async Task AskAsync(Backend backend)
    {
        using var limit = new CancellationTokenSource(Settings.HealthTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _ending.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, backend.Prefix.TrimEnd('/') + Settings.HealthPath);
        if (backend.Key.Protocol is BackendProtocol.Http2) (request.Version, request.VersionPolicy) = (new Version(2, 0), HttpVersionPolicy.RequestVersionExact);
        try
        {
            using var answer = await backend.Client.SendAsync(request, either.Token);
            backend.SetSick((int)answer.StatusCode is < 200 or >= 400);
        }
        catch (Exception exception) when (exception is HttpRequestException or ObjectDisposedException || (exception is OperationCanceledException && !_ending.IsCancellationRequested))
        {
            backend.SetSick(true);
        }
    }
}
