using Boreal.Oci.Content;
using Boreal.Oci.Distribution.Transport;

namespace Boreal.Oci.Distribution;

/// <summary>
/// A blob as one stream that outlives its connections: what is cut is continued where it broke off, with growing pauses while
/// nothing arrives. Gives exactly the descriptor's size; whether the bytes are the right ones is the reader's to verify.
/// </summary>
public sealed class BlobDownloadStream : Stream
{
    private readonly Repository _repository;
    private readonly Descriptor _blob;
    private readonly RegistryClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly RetryRules _retries;
    private RemoteBlob? _connection;
    private long _position;
    private int _failures;
    private bool _hasMoved;

    internal BlobDownloadStream(Repository repository, Descriptor blob, long offset, RegistryClientOptions options, TimeProvider clock, RetryRules retries)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, blob.Size);
        _repository = repository;
        _blob = blob;
        _position = offset;
        _options = options;
        _clock = clock;
        _retries = retries;
    }

    /// <summary>How often the connection had to be made again.</summary>
    public int Reconnects { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _blob.Size;

    /// <summary>Counted from the blob's first byte, not from where the download began.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="DistributionException">The registry refuses, or nothing came in several tries.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, _blob.Size - _position);
        if (wanted == 0)
            return 0;
        while (true)
        {
            try
            {
                _connection ??= await ConnectAsync(cancellationToken);
                var count = await _connection.Content.ReadAsync(buffer[..wanted], cancellationToken);
                if (count == 0)
                    throw new EndOfStreamException("unexpected EOF");
                (_hasMoved, _failures) = (true, 0);
                _position += count;
                return count;
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                await RecoverAsync(exception, cancellationToken);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read a registry's blobs asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        await base.DisposeAsync();
    }

    private async Task<RemoteBlob> ConnectAsync(CancellationToken cancellationToken)
    {
        // An endpoint that gave nothing twice may be a mirror with half a blob: the next one is asked.
        var connection = await _repository.OpenBlobAsync(_blob, _position, _failures / 2, cancellationToken);
        try
        {
            await SkipAsync(connection.Content, _position - connection.Offset, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task SkipAsync(Stream content, long count, CancellationToken cancellationToken)
    {
        var scratch = new byte[(int)Math.Min(count, 64 * 1024)];
        while (count > 0)
        {
            var read = await content.ReadAsync(scratch.AsMemory(0, (int)Math.Min(count, scratch.Length)), cancellationToken);
            count -= read > 0 ? read : throw new EndOfStreamException("unexpected EOF");
        }
    }

    private async Task RecoverAsync(Exception failure, CancellationToken cancellationToken)
    {
        await DisconnectAsync();
        _failures++;
        if (_failures >= _options.Attempts)
            throw new DistributionException(DistributionErrorKind.Unavailable, $"{_blob.Digest} breaks off at byte {_position} of {_blob.Size}: {failure.Message}", failure);
        var pause = _hasMoved ? _options.RetryDelay / 4 : _retries.BackOff(_failures);
        _hasMoved = false;
        Reconnects++;
        await Task.Delay(pause, _clock, cancellationToken);
    }

    private async ValueTask DisconnectAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
