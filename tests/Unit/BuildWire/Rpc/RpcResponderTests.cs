using Boreal.BuildWire.Http2;
using Boreal.BuildWire.Protocol.Files;
using Boreal.BuildWire.Rpc;
using Boreal.Tests.TestKit.Waiting;
using Boreal.Tests.Unit.BuildWire.Http2;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Tests.Unit.BuildWire.Rpc;

/// <summary>Our two sides of gRPC with each other.</summary>
public sealed class RpcResponderTests : IAsyncLifetime
{
    private readonly Dictionary<string, Func<RpcRequest, CancellationToken, Task>> _methods = [];
    private readonly PipeStream _here;
    private readonly PipeStream _there;
    private RpcResponder? _responder;
    private Http2Connection? _connection;

    public RpcResponderTests() => (_here, _there) = PipeStream.CreatePair();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RpcClient Client => new(_connection ?? throw new InvalidOperationException("not opened"));

    public async ValueTask InitializeAsync()
    {
        _responder = await RpcResponder.StartAsync(_there, _methods, Cancellation);
        _connection = await Http2Connection.OpenAsync(_here, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_responder is { } responder)
            await responder.DisposeAsync();
        if (_connection is { } connection)
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task Call_OfAMethod_IsAnsweredWithItsMetadata()
    {
        _methods["/s/Echo"] = async (request, cancellationToken) =>
        {
            var message = await request.ReadOnlyAsync(BytesMessage.Parser, cancellationToken);
            await request.WriteAsync(Text($"{message.Data.ToStringUtf8()} {string.Join('+', request.Metadata("name"))}"), cancellationToken);
        };

        var answer = await Client.CallAsync("/s/Echo", [new("name", "a"), new("name", "b")], Text("hello"), BytesMessage.Parser, Cancellation);

        Assert.Equal("hello a+b", answer.Data.ToStringUtf8());
    }

    [Fact]
    public async Task Metadata_ThatIsEncoded_IsDecoded()
    {
        _methods["/s/Echo"] = async (request, cancellationToken) => await request.WriteAsync(Text(request.Metadata("path")[0]), cancellationToken);

        var answer = await Client.CallAsync("/s/Echo", [new("path", "%C3%BC"), new("path-encoded", "1")], Text(""), BytesMessage.Parser, Cancellation);

        Assert.Equal("ü", answer.Data.ToStringUtf8());
    }

    [Fact]
    public async Task Call_ThatFails_SaysWhy()
    {
        _methods["/s/Fail"] = (_, _) => throw new RpcException(new Status(StatusCode.NotFound, "nothing at 100% of ü"));

        var failure = await Assert.ThrowsAsync<RpcException>(() => Client.CallAsync("/s/Fail", Text(""), BytesMessage.Parser, Cancellation));

        Assert.Equal((StatusCode.NotFound, "nothing at 100% of ü"), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task Call_OfAnUnknownMethod_IsUnimplemented()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => Client.CallAsync("/s/None", Text(""), BytesMessage.Parser, Cancellation));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Fact]
    public async Task Messages_OfAllSizes_TravelBothWays()
    {
        _methods["/s/Echo"] = async (request, cancellationToken) =>
        {
            while (await request.ReadAsync(cancellationToken))
                await request.WriteAsync(BytesMessage.Parser.ParseFrom(request.Payload), cancellationToken);
        };
        await using var call = await Client.OpenAsync("/s/Echo", [], Cancellation);

        foreach (var size in (int[])[0, 1, 16_000, 70_000, 3_000_000])
        {
            var sent = new byte[size];
            Random.Shared.NextBytes(sent);
            await call.WriteAsync(new BytesMessage { Data = ByteString.CopyFrom(sent) }, Cancellation);
            Assert.True(await call.ReadAsync(Cancellation));
            Assert.Equal(sent, BytesMessage.Parser.ParseFrom(call.Payload).Data.ToByteArray());
        }
        await call.FinishSendingAsync(Cancellation);
        Assert.False(await call.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task Disposing_EndsWhatIsBeingAnswered()
    {
        var ended = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        _methods["/s/Wait"] = async (_, cancellationToken) =>
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                ended.SetResult();
            }
        };
        await using var call = await Client.OpenAsync("/s/Wait", [], Cancellation);
        await begun.Task.WaitAsync(Eventually.Patience, Cancellation);

        await (_responder ?? throw new InvalidOperationException("not opened")).DisposeAsync();

        Assert.True(ended.Task.IsCompleted);
    }

    private static BytesMessage Text(string text) => new() { Data = ByteString.CopyFromUtf8(text) };
}
