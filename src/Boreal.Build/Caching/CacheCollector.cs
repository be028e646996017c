using Boreal.Build.Builds;
using Boreal.Linux.Errors;
using Microsoft.Extensions.Logging;

namespace Boreal.Build.Caching;

/// <summary>
/// Cleans the cache by the rules when builds have ended, once a minute at most and behind everybody's back. What was used a moment ago stays,
/// whatever the rules say: its build may just be about to use it again.
/// </summary>
internal sealed partial class CacheCollector(CacheInventory inventory, BuilderDescription builder, TimeProvider clock, ILogger<CacheCollector> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _timer;
    private Task _running = Task.CompletedTask;
    private DateTimeOffset? _last;
    private bool _isDisposed;

    public CacheInventory Inventory => inventory;

    /// <summary>A build has ended.</summary>
    public void Request()
    {
        lock (_lock)
        {
            if (_timer is not null || _isDisposed || builder.Rules.Count == 0)
                return;
            var wait = _last is { } last && last + Interval - clock.GetUtcNow() is { } rest && rest > Pause ? rest : Pause;
            _timer = clock.CreateTimer(static state => ((CacheCollector?)state)?.Start(), this, wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Applies every rule now.</summary>
    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        foreach (var rule in builder.Rules)
        {
            var keep = rule with { KeepFor = rule.KeepFor > Interval ? rule.KeepFor : Interval };
            await foreach (var record in inventory.CleanAsync(keep, cancellationToken))
                Log.Removed(logger, record.Id, record.Description, record.Size);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
            running = _running;
        }

        await _stop.CancelAsync();
        await running;
        _stop.Dispose();
    }

    private void Start()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            if (_isDisposed)
                return;
            _last = clock.GetUtcNow();
            var before = _running;
            _running = Task.Run(() => RunAsync(before));
        }
    }

    private async Task RunAsync(Task before)
    {
        await before;
        try
        {
            await CollectAsync(_stop.Token);
            // What stays only because it is fresh is looked at once more.
            var since = clock.GetUtcNow() - Interval;
            if (inventory.List([]).Any(record => record.LastUsedAt > since))
                Request();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Log.Stopped(logger);
        }
        catch (Exception exception) when (exception is LinuxException or IOException or UnauthorizedAccessException or BuildException)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5200, Level = LogLevel.Information, Message = "build cache: removed {Id}, {Bytes} bytes: {Description}")]
        public static partial void Removed(ILogger logger, string id, string description, long bytes);

        [LoggerMessage(EventId = 5201, Level = LogLevel.Debug, Message = "build cache: cleaning stopped, the engine ends")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(EventId = 5202, Level = LogLevel.Error, Message = "build cache: cleaning failed, the end of the next build tries again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
