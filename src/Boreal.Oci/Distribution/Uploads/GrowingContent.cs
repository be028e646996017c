using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Boreal.Oci.Distribution.Transport;

namespace Boreal.Oci.Distribution.Uploads;

/// <summary>A request's body that is still being made: its length is not known, and the source waits for more.</summary>
internal sealed class GrowingContent : HttpContent
{
    private const int PieceBytes = 512 * 1024;

    private readonly Func<Stream> _open;
    private readonly Patience _patience;
    private readonly RegistryClientOptions _options;

    public GrowingContent(Func<Stream> open, Patience patience, RegistryClientOptions options)
    {
        (_open, _patience, _options) = (open, patience, options);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    /// <summary>Bytes handed to the connection.</summary>
    public long Sent { get; private set; }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Sent = 0;
        await using var source = _open();
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            int count;
            // How long making takes is not the peer's fault.
            for (_patience.Extend(_options.UploadAnswerTimeout); (count = await source.ReadAsync(buffer.AsMemory(0, PieceBytes), cancellationToken)) > 0; _patience.Extend(_options.UploadAnswerTimeout))
            {
                _patience.Extend(_options.StallTimeout);
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                Sent += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
