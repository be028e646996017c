using Boreal.Engine.Content;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Transfers;

/// <summary>
/// A layer's blob from its first byte to its last: what an earlier try left on disk, then the rest from the registry, kept
/// on its way.
/// </summary>
internal sealed class LayerSource(LayerRequest request, Stream? start, BlobDraft? draft, Action<int> counted) : Stream
{
    private Stream? _start = start;
    private Stream? _rest;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await ReadStartAsync(buffer, cancellationToken);
        if (count == 0 && draft is not null)
            count = await ReadRestAsync(draft, buffer, cancellationToken);
        _position += count;
        if (_position > request.Blob.Size)
            throw new EngineException(ErrorKind.Invalid, $"layer {request.Blob.Digest} is longer than the {request.Blob.Size} bytes its manifest says");
        if (count > 0)
            counted(count);
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_start is not null)
            await _start.DisposeAsync();
        if (_rest is not null)
            await _rest.DisposeAsync();
        await base.DisposeAsync();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<int> ReadStartAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_start is null)
            return 0;
        // The draft grows behind the start: only what was there before is read from it.
        var limit = draft is null ? long.MaxValue : draft.Start - _position;
        var count = await _start.ReadAsync(buffer[..(int)Math.Min(buffer.Length, limit)], cancellationToken);
        if (count > 0)
            return count;
        await _start.DisposeAsync();
        _start = null;
        return 0;
    }

    private async ValueTask<int> ReadRestAsync(BlobDraft target, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_position >= request.Blob.Size)
            return 0;
        _rest ??= request.Source.Download(request.Blob, _position);
        var count = await _rest.ReadAsync(buffer, cancellationToken);
        target.Write(buffer.Span[..count]);
        return count;
    }
}
