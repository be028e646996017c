using System.Buffers;
using Boreal.BuildWire.Http2;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Unit.BuildWire.Http2;

/// <summary>The other side is the test, frame by frame.</summary>
public sealed class Http2ConnectionTests : IAsyncLifetime
{
    private readonly PipeStream _here;
    private readonly PipeStream _there;
    private Http2Connection? _connection;

    public Http2ConnectionTests() => (_here, _there) = PipeStream.CreatePair();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Http2Connection Connection => _connection ?? throw new InvalidOperationException("not opened");

    public async ValueTask InitializeAsync()
    {
        _connection = await Http2Connection.OpenAsync(_here, Cancellation);
        var preface = new byte[24];
        await _there.ReadExactlyAsync(preface, Cancellation);
        Assert.Equal("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, preface);
        Assert.Equal(FrameKind.Settings, (await ReceiveAsync()).Head.Kind);
        Assert.Equal(FrameKind.WindowUpdate, (await ReceiveAsync()).Head.Kind);
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    [Fact]
    public async Task Request_AndAnswer_TravelWithTrailers()
    {
        await using var stream = await RequestAsync();
        Assert.True(await stream.SendAsync("question"u8.ToArray(), Cancellation));
        await stream.FinishSendingAsync(Cancellation);
        var (head, payload) = await ReceiveAsync();
        Assert.Equal((FrameKind.Data, 1), (head.Kind, head.Stream));
        Assert.Equal("question"u8.ToArray(), payload);
        Assert.True((await ReceiveAsync()).Head.Has(FrameFlags.EndOrAcknowledge));

        await SendHeadersAsync(FrameFlags.None, new HeaderField(":status", "200"));
        await SendAsync(FrameKind.Data, FrameFlags.Padded, 1, [2, .. "answer"u8, 0, 0]);
        await SendHeadersAsync(FrameFlags.EndOrAcknowledge, new HeaderField("grpc-status", "0"));

        Assert.Equal([new(":status", "200")], await stream.Head.WaitAsync(Cancellation));
        var read = await stream.ReadAsync(Cancellation);
        Assert.Equal("answer"u8.ToArray(), read.Buffer.ToArray());
        await stream.AdvanceAsync(read.Buffer, read.Buffer.End, read.Buffer.End, Cancellation);
        Assert.True((await stream.ReadAsync(Cancellation)).IsCompleted);
        Assert.Equal([new("grpc-status", "0")], stream.Trailers);
    }

    [Fact]
    public async Task Ping_IsAnswered()
    {
        await SendAsync(FrameKind.Ping, FrameFlags.None, 0, "12345678"u8.ToArray());

        var (head, payload) = await ReceiveAsync();

        Assert.Equal((FrameKind.Ping, FrameFlags.EndOrAcknowledge), (head.Kind, head.Flags));
        Assert.Equal("12345678"u8.ToArray(), payload);
    }

    [Fact]
    public async Task Send_BeyondTheWindow_WaitsForMore()
    {
        await using var stream = await RequestAsync();
        var sending = stream.SendAsync(new byte[65535 + 10], Cancellation).AsTask();
        for (var received = 0; received < 65535;)
            received += (await ReceiveAsync()).Head.Length;
        Assert.False(sending.IsCompleted);

        await SendAsync(FrameKind.WindowUpdate, FrameFlags.None, 1, [0, 0, 0, 100]);
        Assert.False(sending.IsCompleted);
        await SendAsync(FrameKind.WindowUpdate, FrameFlags.None, 0, [0, 0, 0, 100]);

        Assert.Equal(10, (await ReceiveAsync()).Head.Length);
        Assert.True(await sending);
    }

    [Fact]
    public async Task Send_OnAStreamThatWasGivenUp_SaysSo()
    {
        await using var stream = await RequestAsync();
        var sending = stream.SendAsync(new byte[70_000], Cancellation).AsTask();
        for (var received = 0; received < 65535;)
            received += (await ReceiveAsync()).Head.Length;

        await SendAsync(FrameKind.Reset, FrameFlags.None, 1, [0, 0, 0, 8]);

        Assert.False(await sending);
        Assert.Equal(Http2Error.Cancelled, (await Assert.ThrowsAsync<Http2Exception>(() => stream.Head)).Error);
    }

    [Fact]
    public async Task Read_OfMuch_GivesRoomForMore()
    {
        await using var stream = await RequestAsync();
        await SendHeadersAsync(FrameFlags.None, new HeaderField(":status", "200"));
        for (var sent = 0; sent < 5; sent++)
            await SendAsync(FrameKind.Data, FrameFlags.None, 1, new byte[60_000]);

        for (var consumed = 0L; consumed < 300_000;)
        {
            var read = await stream.ReadAsync(Cancellation);
            consumed += read.Buffer.Length;
            await stream.AdvanceAsync(read.Buffer, read.Buffer.End, read.Buffer.End, Cancellation);
        }

        var (head, payload) = await ReceiveAsync();
        Assert.Equal((FrameKind.WindowUpdate, 1), (head.Kind, head.Stream));
        Assert.InRange((payload[1] << 16) | (payload[2] << 8) | payload[3], Http2Stream.Window / 4, 300_000);
    }

    [Theory]
    [InlineData("a push", (byte)FrameKind.Push, 0, 1, 4)]
    [InlineData("data of a stream that is not there", (byte)FrameKind.Data, 0, 3, 1)]
    [InlineData("data of the peer's own stream", (byte)FrameKind.Data, 0, 2, 1)]
    [InlineData("data of the connection", (byte)FrameKind.Data, 0, 0, 1)]
    [InlineData("more padding than bytes", (byte)FrameKind.Data, (byte)FrameFlags.Padded, 1, 1, (byte)9)]
    [InlineData("settings of a broken length", (byte)FrameKind.Settings, 0, 0, 5)]
    [InlineData("a window of a broken length", (byte)FrameKind.WindowUpdate, 0, 0, 3)]
    [InlineData("headers that were not begun", (byte)FrameKind.Continuation, 0, 1, 4)]
    [InlineData("a broken header", (byte)FrameKind.Headers, (byte)FrameFlags.EndHeaders, 1, 1, (byte)0xBE)]
    [InlineData("the end", (byte)FrameKind.GoAway, 0, 0, 8)]
    public async Task Receive_OfWhatMayNotBe_EndsTheConnection(string what, byte kind, byte flags, int id, int length, byte first = 0)
    {
        Assert.NotEmpty(what);
        await using var stream = await RequestAsync();
        var payload = new byte[length];
        payload[0] = first;

        await SendAsync((FrameKind)kind, (FrameFlags)flags, id, payload);

        await Assert.ThrowsAsync<Http2Exception>(() => stream.Head.WaitAsync(Eventually.Patience, Cancellation));
        await Eventually.HoldsAsync(() => Connection.Ended.IsCancellationRequested, "the connection has ended");
        await Assert.ThrowsAsync<Http2Exception>(RequestAsync);
    }

    [Fact]
    public async Task Receive_OfAFrameTooLarge_EndsTheConnection()
    {
        await using var stream = await RequestAsync();
        var head = new byte[FrameHead.Size];
        new FrameHead(FrameKind.Data, FrameFlags.None, 1, 65 * 1024).Write(head);

        await _there.WriteAsync(head, Cancellation);

        Assert.Equal(Http2Error.FrameSize, (await Assert.ThrowsAsync<Http2Exception>(() => stream.Head)).Error);
    }

    [Fact]
    public async Task Receive_OfMoreThanWasGranted_EndsTheConnection()
    {
        await using var stream = await RequestAsync();
        await SendHeadersAsync(FrameFlags.None, new HeaderField(":status", "200"));

        for (var sent = 0; sent <= Http2Stream.Window; sent += 64 * 1024)
            await SendAsync(FrameKind.Data, FrameFlags.None, 1, new byte[64 * 1024]);

        var failure = await Assert.ThrowsAsync<Http2Exception>(async () =>
        {
            for (var over = false; !over;)
            {
                var read = await stream.ReadAsync(Cancellation);
                over = read.IsCompleted;
                await stream.AdvanceAsync(read.Buffer, read.Buffer.Start, read.Buffer.End, Cancellation);
            }
        });
        Assert.Equal(Http2Error.FlowControl, failure.Error);
    }

    [Fact]
    public async Task Receive_OfEndlessHeaders_EndsTheConnection()
    {
        await using var stream = await RequestAsync();
        await SendAsync(FrameKind.Headers, FrameFlags.None, 1, new byte[16_000]);
        for (var more = 0; more < 5; more++)
            await SendAsync(FrameKind.Continuation, FrameFlags.None, 1, new byte[16_000]);

        Assert.Equal(Http2Error.EnhanceYourCalm, (await Assert.ThrowsAsync<Http2Exception>(() => stream.Head)).Error);
    }

    [Fact]
    public async Task Receive_OfTheEnd_FailsWhatIsOpen()
    {
        await using var stream = await RequestAsync();

        _there.End();

        await Assert.ThrowsAsync<Http2Exception>(() => stream.Head.WaitAsync(Eventually.Patience, Cancellation));
    }

    private async Task<Http2Stream> RequestAsync()
    {
        var stream = await Connection.RequestAsync([new HeaderField(":path", "/x")], Cancellation);
        Assert.Equal(FrameKind.Headers, (await ReceiveAsync()).Head.Kind);
        return stream;
    }

    private Task SendHeadersAsync(FrameFlags flags, params HeaderField[] fields) =>
        SendAsync(FrameKind.Headers, flags | FrameFlags.EndHeaders, 1, HeaderEncoder.Encode(fields).ToArray());

    private async Task SendAsync(FrameKind kind, FrameFlags flags, int id, byte[] payload)
    {
        var head = new byte[FrameHead.Size];
        new FrameHead(kind, flags, id, payload.Length).Write(head);
        await _there.WriteAsync(head, Cancellation);
        await _there.WriteAsync(payload, Cancellation);
    }

    private async Task<(FrameHead Head, byte[] Payload)> ReceiveAsync()
    {
        var bytes = new byte[FrameHead.Size];
        await _there.ReadExactlyAsync(bytes, Cancellation);
        var head = FrameHead.Read(new ReadOnlySequence<byte>(bytes));
        var payload = new byte[head.Length];
        await _there.ReadExactlyAsync(payload, Cancellation);
        return (head, payload);
    }
}
