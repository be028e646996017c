using System.Net.Security;
using System.Net.Sockets;
using Boreal.Client.Errors;

namespace Boreal.Client.Transport;

/// <summary>One connection with a read buffer in front, so that heads can be parsed and what follows stays readable.</summary>
internal sealed class Connection(Stream stream, Socket socket, SslStream? tls) : IAsyncDisposable
{
    private const int MaximumHeadLength = 256 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Bytes already received and not yet consumed.</summary>
    public bool HasBuffered => _end > _start;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => stream.WriteAsync(bytes, cancellationToken);

    public ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        if (!HasBuffered) return stream.ReadAsync(target, cancellationToken);
        var count = Math.Min(target.Length, _end - _start);
        _buffer.AsMemory(_start, count).CopyTo(target);
        _start += count;
        return ValueTask.FromResult(count);
    }

    /// <summary>Reads up to and including the delimiter; the delimiter is cut off. Null when the peer closed before a first byte.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadUntilAsync(ReadOnlyMemory<byte> delimiter, CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(delimiter.Span);
            if (at >= 0)
            {
                var found = _buffer.AsMemory(_start, searched + at);
                _start += searched + at + delimiter.Length;
                return found;
            }

            searched = Math.Max(0, _end - _start - delimiter.Length + 1);
            if (!await FillAsync(cancellationToken))
                return _end > _start ? throw new BrokenStreamException("the daemon closed the connection in the middle of an answer") : null;
        }
    }

    /// <summary>Says to the peer that nothing more will be sent; reading goes on.</summary>
    public async ValueTask CloseWriteAsync()
    {
        if (tls is not null) await tls.ShutdownAsync();
        else socket.Shutdown(SocketShutdown.Send);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MaximumHeadLength) throw new BrokenStreamException("the daemon's answer has a head longer than 256 KiB");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }
}
