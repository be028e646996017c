using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Boreal.Oci.Distribution.Transport;

namespace Boreal.Oci.Distribution.Uploads;

/// <summary>A range of a blob as a request's body. The next piece is read while one is sent.</summary>
internal sealed class BlobContent : HttpContent
{
    private const int PieceBytes = 512 * 1024;

    private readonly BlobSource _source;
    private readonly long _offset;
    private readonly long _end;
    private readonly Patience _patience;
    private readonly RegistryClientOptions _options;

    public BlobContent(BlobSource source, long offset, long end, Patience patience, RegistryClientOptions options)
    {
        _source = source;
        _offset = offset;
        _end = end;
        _patience = patience;
        _options = options;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (offset > 0 || end < source.Blob.Size)
            Headers.TryAddWithoutValidation("Content-Range", $"{offset}-{end - 1}");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _end - _offset;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var source = await OwnAsync(() => _source.OpenAsync(_offset, cancellationToken));
        var current = ArrayPool<byte>.Shared.Rent(PieceBytes);
        var next = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            var position = _offset;
            var count = await ReadAsync(source, current, position, cancellationToken);
            while (count > 0)
            {
                _patience.Extend(_options.StallTimeout);
                var reading = ReadAsync(source, next, position + count, cancellationToken).AsTask();
                try
                {
                    await stream.WriteAsync(current.AsMemory(0, count), cancellationToken);
                }
                finally
                {
                    // Also when sending failed: the buffer goes back to the pool below.
                    await Task.WhenAny(reading);
                }
                position += count;
                _source.Progress?.Report(position);
                count = await reading;
                (current, next) = (next, current);
            }
            _patience.Extend(_options.UploadAnswerTimeout);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(next);
        }
    }

    private ValueTask<int> ReadAsync(Stream source, byte[] buffer, long position, CancellationToken cancellationToken) => OwnAsync(async () =>
    {
        var wanted = (int)Math.Min(PieceBytes, _end - position);
        var count = await source.ReadAtLeastAsync(buffer.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, cancellationToken);
        return count == wanted ? count : throw new EndOfStreamException($"{_source.Blob.Digest} ends at byte {position + count} of {_source.Blob.Size} on our side");
    });

    // What fails here is not the connection: it is kept for the caller, who would try again otherwise.
    private async ValueTask<T> OwnAsync<T>(Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _source.Failure = exception;
            throw;
        }
    }
}
