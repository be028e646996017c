using Boreal.Ingress;

namespace Boreal.Daemon.Apps;

/// <summary>The HTTP ingress of this daemon. It is made at the first service that speaks HTTP: who has none pays nothing.</summary>
internal sealed class IngressHost(IngressOptions options, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private volatile HttpIngress? _ingress;

    /// <summary>Null as long as nothing needed it.</summary>
    public HttpIngress? Find() => _ingress;

    public async Task<HttpIngress> OpenAsync(CancellationToken cancellationToken)
    {
        if (_ingress is { } known)
            return known;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _ingress ??= await HttpIngress.StartAsync(options, time, loggers, cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Listens no more, lets requests finish until <paramref name="deadline"/>, then cuts them.</summary>
    public Task StopAsync(CancellationToken deadline) => _ingress?.StopAsync(deadline) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_ingress is { } ingress)
            await ingress.DisposeAsync();
        _starting.Dispose();
    }
}
