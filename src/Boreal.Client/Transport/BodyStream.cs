using System.Globalization;
using System.Text;
using Boreal.Client.Errors;

namespace Boreal.Client.Transport;

/// <summary>The body of one answer: counted, chunked, or until the connection ends.</summary>
internal sealed class BodyStream(Connection connection, long? length, bool chunked) : Stream
{
    private static readonly byte[] NewLine = "\r\n"u8.ToArray();

    private long _left = chunked ? 0 : length ?? long.MaxValue;
    private bool _betweenChunks;
    private bool _finished = !chunked && length is 0;

    /// <summary>All of the body was read and the connection can carry another exchange.</summary>
    public bool IsComplete => _finished && (chunked || length is not null);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_finished || buffer.IsEmpty) return 0;
        if (chunked && _left is 0 && !await NextChunkAsync(cancellationToken)) return 0;
        var wanted = (int)Math.Min(buffer.Length, _left);
        var read = await connection.ReadAsync(buffer[..wanted], cancellationToken);
        if (read is 0)
        {
            if (chunked || length is not null) throw new BrokenStreamException("unexpected EOF");
            _finished = true;
            return 0;
        }

        _left -= read;
        if (!chunked && _left is 0) _finished = true;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<bool> NextChunkAsync(CancellationToken cancellationToken)
    {
        if (_betweenChunks) await LineAsync(cancellationToken);
        _betweenChunks = true;
        var line = await LineAsync(cancellationToken);
        var size = line.Split(';', 2)[0].Trim();
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left) || _left < 0)
            throw new BrokenStreamException($"bad chunk size in the daemon's answer: {size}");
        if (_left > 0) return true;
        while ((await LineAsync(cancellationToken)).Length > 0)
        {
            // Trailers carry nothing this API uses.
        }

        _finished = true;
        return false;
    }

    private async ValueTask<string> LineAsync(CancellationToken cancellationToken) =>
        await connection.ReadUntilAsync(NewLine, cancellationToken) is { } line
            ? Encoding.Latin1.GetString(line.Span)
            : throw new BrokenStreamException("unexpected EOF");
}
