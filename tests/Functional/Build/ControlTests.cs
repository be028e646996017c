using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Protocol.Types;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Tests.Functional.Build;

/// <summary>What clients ask that the stock one does not always show.</summary>
public sealed class ControlTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_InsideACall_AnswersToo()
    {
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path => received = File.ReadAllText(Path.Combine(path, "a"))));
        await using var client = new FakeClient(door.SocketPath);
        await client.OfferFolderInACallAsync(async (requests, responses) =>
        {
            await responses.WriteAsync(new Packet { Stat = new Stat { Path = ByteString.CopyFromUtf8("a"), Mode = 0x1A4, Size = 5 } });
            await responses.WriteAsync(new Packet());
            await responses.WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketData, Data = ByteString.CopyFromUtf8("hello") });
            await responses.WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketData });
            while (await requests.MoveNext(Cancellation) && requests.Current.Type is not Packet.Types.PacketType.PacketFin)
            {
                // All was sent unasked.
            }
        });

        await client.SolveAsync(Cancellation);

        Assert.Equal("hello", received);
    }

    [Fact]
    public async Task History_OfABuild_IsKept()
    {
        await using var door = await BuildDoor.OpenAsync(new ScriptedBuilder((_, _, _) => Task.FromResult(new Boreal.Build.Builds.BuildResult())));
        await using var client = new FakeClient(door.SocketPath);
        await client.SolveAsync(Cancellation);

        var events = await ListAsync(client, new BuildHistoryRequest { EarlyExit = true });
        var record = Assert.Single(events).Record;
        Assert.Equal(BuildHistoryEventType.Complete, events[0].Type);
        var calls = await client.AskAsync();
        await calls.CallAsync("/moby.buildkit.v1.Control/UpdateBuildHistory", new UpdateBuildHistoryRequest { Ref = record.Ref, Delete = true }, UpdateBuildHistoryResponse.Parser, Cancellation);

        Assert.Empty(await ListAsync(client, new BuildHistoryRequest { EarlyExit = true }));
    }

    [Fact]
    public async Task Status_OfNoBuild_SaysSo()
    {
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(_ => { }));
        await using var client = new FakeClient(door.SocketPath);
        var calls = await client.AskAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => calls.CallAsync("/moby.buildkit.v1.Control/Status", new StatusRequest { Ref = "none" }, StatusResponse.Parser, Cancellation));

        Assert.Equal((StatusCode.NotFound, "no such job none"), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task Solve_WithoutASession_FailsWhenTheFolderIsWanted()
    {
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(_ => { }));
        await using var client = new FakeClient(door.SocketPath);

        var failure = await Assert.ThrowsAsync<RpcException>(() => client.SolveAsync(Cancellation));

        Assert.Equal($"no active session for {client.Session}: context deadline exceeded", failure.Status.Detail);
    }

    [Theory]
    [InlineData("/moby.buildkit.v1.Control/Unheard", StatusCode.Unimplemented)]
    [InlineData("/moby.buildkit.v1.frontend.LLBBridge/Ping", StatusCode.OK)]
    [InlineData("/moby.buildkit.v1.frontend.LLBBridge/StatFile", StatusCode.Unimplemented)]
    [InlineData("/moby.buildkit.v1.frontend.LLBBridge/Return", StatusCode.InvalidArgument)]
    public async Task Call_OfAMethod_EndsWithItsStatus(string method, StatusCode status)
    {
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(_ => { }));
        await using var client = new FakeClient(door.SocketPath);
        var calls = await client.AskAsync();

        var ended = StatusCode.OK;
        try
        {
            await calls.CallAsync(method, new InfoRequest(), InfoResponse.Parser, Cancellation);
        }
        catch (RpcException e)
        {
            ended = e.StatusCode;
        }

        Assert.Equal(status, ended);
    }

    [Fact]
    public async Task Failure_WithLettersBeyondAscii_ArrivesAsItIs()
    {
        const string Text = "100 % façade\nsecond line ☃";
        await using var door = await BuildDoor.OpenAsync(new ScriptedBuilder((_, _, _) => throw new Boreal.Build.Builds.BuildException(Text)));
        await using var client = new FakeClient(door.SocketPath);

        var failure = await Assert.ThrowsAsync<RpcException>(() => client.SolveAsync(Cancellation));

        Assert.Equal(Text, failure.Status.Detail);
    }

    [Theory]
    [InlineData("/grpc", "", "no upgrade proto in request")]
    [InlineData("/session", "Connection: Upgrade\r\nUpgrade: tcp\r\n", "protocol tcp not supported")]
    [InlineData("/session", "Connection: Upgrade\r\nUpgrade: h2c\r\n", "a session without an id")]
    public async Task Upgrade_OfTheWrongKind_IsRefused(string path, string headers, string message)
    {
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(_ => { }));
        using var client = Door.RawClient.Connect(door.SocketPath);

        await client.SendAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");

        var answer = await client.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains(message, answer, StringComparison.Ordinal);
    }

    private static async Task<List<BuildHistoryEvent>> ListAsync(FakeClient client, BuildHistoryRequest request)
    {
        var calls = await client.AskAsync();
        await using var call = await calls.OpenAsync("/moby.buildkit.v1.Control/ListenBuildHistory", [], Cancellation);
        await call.WriteAsync(request, Cancellation);
        await call.FinishSendingAsync(Cancellation);
        var events = new List<BuildHistoryEvent>();
        while (await call.ReadAsync(Cancellation))
            events.Add(BuildHistoryEvent.Parser.ParseFrom(call.Payload));
        return events;
    }
}
