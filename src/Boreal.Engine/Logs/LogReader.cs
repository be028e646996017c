using System.Runtime.CompilerServices;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Logs;

/// <summary>Reads container logs, across rotations and while they are written.</summary>
public sealed class LogReader(LogChanges changes, TimeProvider time)
{
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Entries in the order they were written. A follower ends when <paramref name="whenStopped"/> is signalled and everything has
    /// been read; signal it only once the log is complete.
    /// </summary>
    public async IAsyncEnumerable<LogEntry> ReadAsync(
        LogFiles files, LogQuery query, CancellationToken whenStopped, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ILogFormat format = files.Driver switch
        {
            LogOptions.JsonFile => new JsonLogFormat(),
            LogOptions.Local => new LocalLogFormat(),
            _ => throw new EngineException(ErrorKind.NotImplemented, "configured logging driver does not support reading"),
        };
        var generations = new LogGenerations(files.Path, format);
        var written = OpenForTail(generations, query.Tail);
        try
        {
            foreach (var file in written)
            {
                while (file.Next() is { } entry)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (IsAfter(entry, query.Until)) yield break;
                    if (IsWanted(entry, query)) yield return entry;
                }
            }

            if (!query.Follow) yield break;
            await foreach (var entry in FollowAsync(files, generations, written.LastOrDefault(), whenStopped, cancellationToken))
            {
                if (IsAfter(entry, query.Until)) yield break;
                if (IsWanted(entry, query)) yield return entry;
            }
        }
        finally
        {
            foreach (var file in written) file.Dispose();
        }
    }

    private static List<LogFile> OpenForTail(LogGenerations generations, long? tail)
    {
        var files = generations.OpenAll();
        if (tail is not { } left) return files;
        for (var i = files.Count - 1; i >= 0; i--) left -= files[i].SkipToLast(left);
        return files;
    }

    private async IAsyncEnumerable<LogEntry> FollowAsync(
        LogFiles files, LogGenerations generations, LogFile? current, CancellationToken whenStopped, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = changes.Subscribe(Path.GetDirectoryName(files.Path) ?? "/");
        LogFile? opened = null;
        try
        {
            while (true)
            {
                // Both are looked at before the rest is read: what came before them is then read for certain.
                var stopped = whenStopped.IsCancellationRequested;
                var next = generations.OpenNext(current);
                while (current?.Next() is { } entry) yield return entry;
                if (next is not null)
                {
                    opened?.Dispose();
                    current = opened = next;
                    continue;
                }

                if (stopped) yield break;
                await WaitAsync(subscription, whenStopped, cancellationToken);
            }
        }
        finally
        {
            opened?.Dispose();
        }
    }

    private async Task WaitAsync(LogChanges.Subscription subscription, CancellationToken whenStopped, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(LookAnyway, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, whenStopped, cancellationToken);
        try
        {
            await subscription.WaitAsync(any.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Stopped, or time to look anyway.
        }
    }

    private static bool IsAfter(LogEntry entry, DateTimeOffset? until) => until is { } limit && entry.Time > limit;

    private static bool IsWanted(LogEntry entry, LogQuery query) =>
        (entry.Stream is ShimWire.Logs.StdStream.Stderr ? query.Stderr : query.Stdout) && (query.Since is not { } since || entry.Time >= since);
}
