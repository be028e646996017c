using Boreal.Linux.Errors;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Layers;

/// <summary>
/// Brings new layers and blobs to the disk behind the caller's back: an import does not wait for the disk, and until this is done
/// the layer's record says so.
/// </summary>
internal sealed partial class LayerSync(IReadOnlyList<Action> syncs, ILogger<LayerSync> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private bool _again;

    /// <summary>Syncs soon; requests during a sync are served by one more.</summary>
    public void Request()
    {
        lock (_lock)
        {
            _again = true;
            if (_running.IsCompleted)
                _running = Task.Run(Run);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
            running = _running;
        await running;
    }

    private void Run()
    {
        while (true)
        {
            lock (_lock)
            {
                if (!_again)
                    return;
                _again = false;
            }

            try
            {
                foreach (var sync in syncs)
                    sync();
            }
            catch (LinuxException exception)
            {
                Log.Failed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3110, Level = LogLevel.Error, Message = "new layers could not be written to disk")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
