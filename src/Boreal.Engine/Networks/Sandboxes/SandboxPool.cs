using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks.Sandboxes;

/// <summary>Sandboxes of one kind prepared ahead, so that a container's start does not wait for the kernel to make one.</summary>
internal sealed partial class SandboxPool : IAsyncDisposable
{
    private readonly ConcurrentQueue<Sandbox> _ready = new();
    private readonly SemaphoreSlim _taken = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SandboxBuilder _builder;
    private readonly SandboxReaper _reaper;
    private readonly SandboxNames _names;
    private readonly SandboxKind _kind;
    private readonly ILogger _logger;
    private readonly Task _filling;

    public SandboxPool(SandboxBuilder builder, SandboxReaper reaper, SandboxNames names, SandboxKind kind, int size, ILogger logger)
    {
        _builder = builder;
        _reaper = reaper;
        _names = names;
        _kind = kind;
        _logger = logger;
        _filling = size > 0 ? Task.Run(() => FillAsync(size, _stopping.Token)) : Task.CompletedTask;
    }

    public Sandbox Take()
    {
        if (!_ready.TryDequeue(out var sandbox)) return _builder.Build(_kind);
        _taken.Release();
        return sandbox;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _filling;
        while (_ready.TryDequeue(out var sandbox))
        {
            sandbox.Dispose();
            _reaper.Bury(new DoomedSandbox(sandbox.Path, _names.LinksOf(sandbox)));
        }

        _stopping.Dispose();
        _taken.Dispose();
    }

    private async Task FillAsync(int size, CancellationToken stopping)
    {
        try
        {
            for (var i = 0; i < size && !stopping.IsCancellationRequested; i++) _ready.Enqueue(_builder.Build(_kind));
            while (true)
            {
                await _taken.WaitAsync(stopping);
                _ready.Enqueue(_builder.Build(_kind));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is ready is taken away by the owner.
        }
        catch (Exception exception)
        {
            // Containers go on getting sandboxes, made when they are needed; what is wrong shows there.
            Log.CannotPrepare(_logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6110, Level = LogLevel.Warning, Message = "cannot prepare network sandboxes ahead; they are made at each start from now on")]
        public static partial void CannotPrepare(ILogger logger, Exception exception);
    }
}
