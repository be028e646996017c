using System.Buffers;
using Boreal.Daemon.Connections;

namespace Boreal.Daemon.Http;

/// <summary>A client's connection after HTTP. Return from the endpoint to close it.</summary>
internal sealed class HijackedConnection(DoorConnection connection, Stream stream, CancellationToken gone)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Reads are what the client sends; 0 when it has finished sending, which is not the end of the conversation.</summary>
    public Stream Stream { get; } = stream;

    /// <summary>Cancelled when the client has vanished or the daemon stops.</summary>
    public CancellationToken Gone { get; } = gone;

    /// <summary>Tells the client that no more output will come.</summary>
    public ValueTask CloseWriteAsync() => connection.CloseWriteAsync();

    /// <summary>
    /// Copies both ways until the process's output ends or the client is gone; what a client sent before it left still
    /// arrives. <paramref name="inputEnded"/> is called when the client has finished sending; null: its input is not wanted.
    /// The client learns of the output's end after <paramref name="outputEnded"/>.
    /// </summary>
    public async Task ExchangeAsync(Stream process, Func<Task>? inputEnded, Func<Task>? outputEnded = null)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(connection.Stopping);
        var input = inputEnded is null ? Task.CompletedTask : CopyInputAsync(process, inputEnded, over.Token);
        try
        {
            await CopyAsync(process, Stream, Gone);
            if (outputEnded is not null)
                await outputEnded();
            await CloseWriteAsync();
            await over.CancelAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client left; what is copied has no other reader.
        }
        await input;
    }

    private async Task CopyInputAsync(Stream process, Func<Task> inputEnded, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(Stream, process, cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The process closed its input, or one side left: no more input either way.
        }
        if (!cancellationToken.IsCancellationRequested)
            await inputEnded();
    }

    private static async Task CopyAsync(Stream source, Stream target, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
