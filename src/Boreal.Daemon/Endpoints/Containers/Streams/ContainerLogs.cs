using System.Buffers;
using Boreal.Engine.Containers;
using Boreal.Engine.Logs;
using Boreal.Engine.State;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>Copies a container's log to a client, framed unless there is a terminal.</summary>
internal sealed class ContainerLogs(LogReader reader, NodePaths paths)
{
    private const int SendAt = 32 * 1024;

    public async Task CopyAsync(Container container, LogQuery query, LogStyle style, Stream target, CancellationToken gone)
    {
        using var stopped = new CancellationTokenSource();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(gone);
        var watch = query.Follow ? SignalEndAsync(container, stopped, over.Token) : Task.CompletedTask;
        try
        {
            await SendAsync(container, query, style, target, stopped.Token, gone);
        }
        finally
        {
            await over.CancelAsync();
            await watch;
        }
    }

    private async Task SendAsync(Container container, LogQuery query, LogStyle style, Stream target, CancellationToken stopped, CancellationToken gone)
    {
        var files = LogFiles.Of(container.Spec.Log.Driver, paths.Log(container.Id));
        var tty = container.Spec.Process.Tty;
        var output = new ArrayBufferWriter<byte>(SendAt);
        await using var entries = reader.ReadAsync(files, query, stopped, gone).GetAsyncEnumerator(gone);
        while (true)
        {
            // Lines that are there already go together; a follower's line goes at once.
            var next = entries.MoveNextAsync();
            if (output.WrittenCount > 0 && (!next.IsCompleted || output.WrittenCount >= SendAt))
            {
                await target.WriteAsync(output.WrittenMemory, gone);
                await target.FlushAsync(gone);
                output.ResetWrittenCount();
            }
            if (!await next)
                break;
            var entry = entries.Current;
            byte? stream = tty ? null : entry.IsStderr ? StdioFrame.Stderr : StdioFrame.Stdout;
            LogLine.Write(
                output, stream, style.Timestamps ? GoTime.FormatFixed(entry.UnixNanoseconds) : "", style.Details ? entry.Attributes : null, entry.Line.Span);
        }
        if (output.WrittenCount > 0)
            await target.WriteAsync(output.WrittenMemory, gone);
    }

    private static async Task SignalEndAsync(Container container, CancellationTokenSource stopped, CancellationToken cancellationToken)
    {
        try
        {
            await ContainerWaiter.WaitAsync(container, WaitCondition.NotRunning, cancellationToken);
            await stopped.CancelAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The reader ended first.
        }
    }
}
