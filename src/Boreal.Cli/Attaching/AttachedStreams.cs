using Boreal.Client.Streams;
using Boreal.Client.Transport;
using Boreal.Cli.Session;

namespace Boreal.Cli.Attaching;

/// <summary>Joins this process's standard streams to a container's: keys and pipes in, output out, the terminal raw meanwhile.</summary>
internal sealed class AttachedStreams(CliContext context, HijackedStream remote, StreamChoice choice) : IAsyncDisposable
{
    private Action? _restore;

    /// <summary>Runs until the output ends, the user detaches, or the token says so.</summary>
    public async Task<AttachOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await context.Out.FlushAsync(cancellationToken);
        if (choice is { Stdin: true, Tty: true } && context.Terminal.InputIsTerminal) _restore = context.Terminal.MakeInputRaw();
        try
        {
            var output = choice.Stdout || choice.Stderr ? CopyOutputAsync(cancellationToken) : Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, cancellationToken);
            var input = CopyInputAsync(cancellationToken);
            var first = await Task.WhenAny(output, input);
            if (first == input && await input is AttachOutcome.Detached) return AttachOutcome.Detached;
            if (first == input && !choice.Stdout && !choice.Stderr) return AttachOutcome.Ended;
            if (first == input) first = await Task.WhenAny(output, Canceled(cancellationToken));
            await first;
            return AttachOutcome.Ended;
        }
        finally
        {
            Restore();
        }
    }

    public ValueTask DisposeAsync()
    {
        Restore();
        return remote.DisposeAsync();
    }

    private void Restore()
    {
        Interlocked.Exchange(ref _restore, null)?.Invoke();
    }

    private static Task Canceled(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    private async Task CopyOutputAsync(CancellationToken cancellationToken)
    {
        if (!choice.Tty)
        {
            await StdioDemultiplexer.CopyAsync(
                remote.ReadAsync, choice.Stdout ? context.OutStream : null, choice.Stderr ? context.ErrorStream : null, cancellationToken);
            return;
        }

        var buffer = new byte[32 * 1024];
        int count;
        while ((count = await remote.ReadAsync(buffer, cancellationToken)) > 0)
            await context.OutStream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
    }

    /// <summary>Ends at the end of input, which half-closes the connection, or when the user detaches.</summary>
    private async Task<AttachOutcome> CopyInputAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (choice.Stdin && await ForwardAsync(cancellationToken) is AttachOutcome.Detached) return AttachOutcome.Detached;
            await remote.CloseWriteAsync();
        }
        catch (Exception problem) when (problem is IOException or System.Net.Sockets.SocketException)
        {
            // The container's end of the input is gone; the output tells the rest.
        }

        return AttachOutcome.Ended;
    }

    private async Task<AttachOutcome> ForwardAsync(CancellationToken cancellationToken)
    {
        var keys = choice.Tty ? new DetachKeys(choice.DetachKeys) : null;
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await context.InStream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (keys is null)
            {
                await remote.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                continue;
            }

            var (forward, detached) = keys.Filter(buffer.AsSpan(0, count));
            if (forward.Length > 0) await remote.WriteAsync(forward, cancellationToken);
            if (detached) return AttachOutcome.Detached;
        }

        return AttachOutcome.Ended;
    }
}
