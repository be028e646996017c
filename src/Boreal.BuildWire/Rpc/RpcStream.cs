using System.Buffers;
using System.Globalization;
using Boreal.BuildWire.Http2;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.BuildWire.Rpc;

/// <summary>A call of ours. Disposing it cancels what is still open.</summary>
internal sealed class RpcStream(Http2Stream stream, string method) : IMessageChannel, IAsyncDisposable
{
    /// <summary>Where a failed call carries more than a message.</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    private readonly MessageFrames _messages = new(stream, method);
    private bool _headIsRead;

    /// <inheritdoc/>
    public ReadOnlySequence<byte> Payload => _messages.Payload;

    /// <summary>False at the end of the call; throws what the other side ended it with.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        await ReadHeadAsync(cancellationToken);
        if (await _messages.ReadAsync(cancellationToken))
            return true;
        CheckStatus(stream.Trailers);
        return false;
    }

    /// <summary>False when the other side has ended the call: reading tells how.</summary>
    public ValueTask<bool> WriteAsync(IMessage message, CancellationToken cancellationToken) => _messages.WriteAsync([message], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> WriteAsync(IReadOnlyList<IMessage> messages, CancellationToken cancellationToken) => _messages.WriteAsync(messages, cancellationToken);

    public ValueTask FinishSendingAsync(CancellationToken cancellationToken) => stream.FinishSendingAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _messages.Dispose();
        await stream.DisposeAsync();
    }

    private async ValueTask ReadHeadAsync(CancellationToken cancellationToken)
    {
        if (_headIsRead)
            return;
        var head = await stream.Head.WaitAsync(cancellationToken);
        _headIsRead = true;
        if (HeaderField.Find(head, ":status") is not "200")
            throw new RpcException(new Status(StatusCode.Unavailable, $"{method}: HTTP status {HeaderField.Find(head, ":status")}"));
    }

    private void CheckStatus(IReadOnlyList<HeaderField> trailers)
    {
        if (!int.TryParse(HeaderField.Find(trailers, "grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            throw new RpcException(new Status(StatusCode.Internal, $"{method}: the answer has no status"));
        if (code == 0)
            return;
        var status = new Status((StatusCode)code, Uri.UnescapeDataString(HeaderField.Find(trailers, "grpc-message") ?? ""));
        throw Details(trailers) is { } details ? new RpcException(status, new Metadata { { DetailsTrailer, details } }) : new RpcException(status);
    }

    // Base64 without its padding, as gRPC writes binary values.
    private static byte[]? Details(IReadOnlyList<HeaderField> trailers)
    {
        if (HeaderField.Find(trailers, DetailsTrailer)?.TrimEnd('=') is not { Length: > 0 } text)
            return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length) ? bytes[..length] : null;
    }
}
