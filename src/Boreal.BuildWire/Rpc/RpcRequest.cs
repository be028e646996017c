using System.Buffers;
using System.Globalization;
using Boreal.BuildWire.Http2;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.BuildWire.Rpc;

/// <summary>A call of the other side's. Disposing it cancels what is still open.</summary>
internal sealed class RpcRequest : IMessageChannel, IAsyncDisposable
{
    private readonly Http2Stream _stream;
    private readonly IReadOnlyList<HeaderField> _head;
    private readonly MessageFrames _messages;
    private bool _headIsSent;

    public RpcRequest(Http2Stream stream, IReadOnlyList<HeaderField> head)
    {
        (_stream, _head) = (stream, head);
        Method = HeaderField.Find(head, ":path") ?? "";
        _messages = new MessageFrames(stream, Method);
    }

    public string Method { get; }

    /// <inheritdoc/>
    public ReadOnlySequence<byte> Payload => _messages.Payload;

    /// <summary>What came with the call under that name; empty when nothing did.</summary>
    public IReadOnlyList<string> Metadata(string name)
    {
        var values = _head.Where(field => field.Name == name).Select(field => field.Value);
        // Values that are no plain ASCII are sent as URLs are.
        return HeaderField.Find(_head, $"{name}-encoded") is "1" ? [.. values.Select(Uri.UnescapeDataString)] : [.. values];
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => _messages.ReadAsync(cancellationToken);

    /// <summary>The call's one message.</summary>
    public async ValueTask<T> ReadOnlyAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : IMessage<T> =>
        await ReadAsync(cancellationToken)
            ? parser.ParseFrom(Payload)
            : throw new RpcException(new Status(StatusCode.InvalidArgument, $"{Method}: the request has no message"));

    /// <inheritdoc/>
    public ValueTask<bool> WriteAsync(IMessage message, CancellationToken cancellationToken) => WriteAsync([message], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> WriteAsync(IReadOnlyList<IMessage> messages, CancellationToken cancellationToken)
    {
        await SendHeadAsync(cancellationToken);
        return await _messages.WriteAsync(messages, cancellationToken);
    }

    public async ValueTask EndAsync(Status status, CancellationToken cancellationToken)
    {
        await SendHeadAsync(cancellationToken);
        HeaderField code = new("grpc-status", ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture));
        HeaderField[] trailers = status.Detail.Length == 0 ? [code] : [code, new("grpc-message", StatusText.Escape(status.Detail))];
        await _stream.FinishAnswerAsync(trailers, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _messages.Dispose();
        await _stream.DisposeAsync();
    }

    private async ValueTask SendHeadAsync(CancellationToken cancellationToken)
    {
        if (_headIsSent)
            return;
        _headIsSent = true;
        await _stream.AnswerAsync([new(":status", "200"), new("content-type", "application/grpc")], cancellationToken);
    }
}
