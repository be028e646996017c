using System.Net.Sockets;

namespace Boreal.Engine.Shims;

/// <summary>
/// A process' streams. Reads give Docker's frames (eight bytes header each), or plain bytes of a terminal, until the process'
/// output has ended; writes are its input, thrown away once it has ended.
/// </summary>
public sealed class ShimStream : Stream
{
    private readonly Socket _socket;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _peerGone;

    internal ShimStream(Socket socket) => _socket = socket;

    /// <summary>Completes when its reader has seen the end, and so has passed on what came before, or has left.</summary>
    internal Task Ended => _ended.Task;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Tells the process' side that this client sends no more input.</summary>
    public void CloseWrite()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side is gone: there is no input to end.
            _peerGone = true;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (count == 0 && !buffer.IsEmpty) _ended.TrySetResult();
            return count;
        }
        catch (SocketException exception) when (IsEnd(exception))
        {
            // A close with input of ours unread looks like a reset.
            _ended.TrySetResult();
            return 0;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            while (!_peerGone && !buffer.IsEmpty) buffer = buffer[await _socket.SendAsync(buffer, cancellationToken)..];
        }
        catch (SocketException exception) when (IsEnd(exception))
        {
            _peerGone = true;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("this stream is read asynchronously");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("this stream is written asynchronously");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _socket.Dispose();
        _ended.TrySetResult();
        base.Dispose(disposing);
    }

    private static bool IsEnd(SocketException exception) =>
        exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted;
}
