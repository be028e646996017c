using Boreal.Orchestrator.Errors;
using Microsoft.Extensions.Logging;

namespace Boreal.Orchestrator.Reconciling;

/// <summary>
/// Work by key: one run at a time for each, at least one after each call for it, calls that come meanwhile made into one. A run that
/// fails is repeated, later each time. Nothing is kept for a key that rests.
/// </summary>
internal sealed partial class WorkQueue(
    string name, Func<string, CancellationToken, Task<DateTimeOffset?>> run, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _isClosed;

    public bool IsIdle
    {
        get
        {
            lock (_lock)
                return _running == 0;
        }
    }

    /// <summary>Asks for a run that begins after this call.</summary>
    public void Enqueue(string key)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            if (!_entries.TryGetValue(key, out var entry))
                _entries[key] = entry = new Entry();
            entry.Timer?.Dispose();
            entry.Timer = null;
            if (entry.IsRunning)
            {
                entry.IsWanted = true;
                return;
            }
            entry.IsRunning = true;
            _running++;
        }
        _ = Task.Run(() => RunAsync(key));
    }

    public async ValueTask DisposeAsync()
    {
        bool isIdle;
        lock (_lock)
        {
            _isClosed = true;
            isIdle = _running == 0;
            foreach (var entry in _entries.Values)
                entry.Timer?.Dispose();
        }
        await _stopping.CancelAsync();
        if (!isIdle)
            await _idle.Task;
        _stopping.Dispose();
    }

    private async Task RunAsync(string key)
    {
        do
        {
            DateTimeOffset? wakeAt = null;
            try
            {
                wakeAt = await run(key, _stopping.Token);
                Succeeded(key);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // The end of the process: the next one looks at everything.
            }
            catch (AppException exception)
            {
                var delay = Failed(key);
                Log.RunRefused(logger, name, key, delay.TotalSeconds, exception.Message);
                wakeAt = time.GetUtcNow() + delay;
            }
            catch (Exception exception)
            {
                var delay = Failed(key);
                Log.RunFailed(logger, name, key, delay.TotalSeconds, exception);
                wakeAt = time.GetUtcNow() + delay;
            }
            if (TryRest(key, wakeAt))
                return;
        }
        while (true);
    }

    private void Succeeded(string key)
    {
        lock (_lock)
            _entries[key].Retry = TimeSpan.Zero;
    }

    private TimeSpan Failed(string key)
    {
        lock (_lock)
        {
            var entry = _entries[key];
            entry.Retry = entry.Retry == TimeSpan.Zero ? FirstRetry : TimeSpan.FromTicks(Math.Min(entry.Retry.Ticks * 2, LastRetry.Ticks));
            return entry.Retry;
        }
    }

    private bool TryRest(string key, DateTimeOffset? wakeAt)
    {
        lock (_lock)
        {
            var entry = _entries[key];
            if (entry.IsWanted && !_isClosed)
            {
                entry.IsWanted = false;
                return false;
            }
            entry.IsRunning = false;
            _running--;
            if (_isClosed)
            {
                if (_running == 0)
                    _idle.TrySetResult();
                return true;
            }
            if (wakeAt is not { } at)
            {
                _entries.Remove(key);
                return true;
            }
            var delay = at - time.GetUtcNow();
            entry.Timer = time.CreateTimer(state => Enqueue((string)(state ?? key)), key, delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    private sealed class Entry
    {
        public bool IsRunning { get; set; }

        public bool IsWanted { get; set; }

        public ITimer? Timer { get; set; }

        public TimeSpan Retry { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Warning, "{Queue} of {Key} failed; again in {Seconds} s")]
        public static partial void RunFailed(ILogger logger, string queue, string key, double seconds, Exception exception);

        [LoggerMessage(3002, LogLevel.Warning, "{Queue} of {Key} failed; again in {Seconds} s: {Reason}")]
        public static partial void RunRefused(ILogger logger, string queue, string key, double seconds, string reason);
    }
}
