using System.Text;
using Boreal.Daemon.Http;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Door;

public sealed class HijackTests
{
    private const string Upgrade = "Connection: Upgrade\r\nUpgrade: tcp\r\n";
    private const string Body = "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"message\":\"m\"}";
    private const string Chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n{\"message\":\"m\"}\r\n0\r\n\r\n";

    [Theory]
    [InlineData(Upgrade + "\r\n", "101 UPGRADED", "-")]
    [InlineData(Upgrade + "Content-Length: 0\r\n\r\n", "101 UPGRADED", "-")]
    [InlineData(Upgrade + Body, "101 UPGRADED", "m")]
    [InlineData(Upgrade + Chunked, "101 UPGRADED", "m")]
    [InlineData("\r\n", "200 OK", "-")]
    [InlineData(Body, "200 OK", "m")]
    public async Task Accept_WithAndWithoutUpgradeAndBody_GivesTheRawStream(string rest, string status, string message)
    {
        await using var door = await OpenDoor.OpenAsync(MapEcho);
        using var client = door.Connect();

        // Sent in one piece: what follows the request must not be lost in the parser.
        await client.SendAsync($"POST /v1.45/exec/e1/start HTTP/1.1\r\nHost: x\r\n{rest}early ");
        var head = await client.ReadUntilAsync("\r\n\r\n");
        await client.SendAsync("late");
        client.FinishSending();

        Assert.StartsWith($"HTTP/1.1 {status}\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("chunked", head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal($"[{message}]early late.", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Accept_OnAKeptAliveConnection_WorksAfterOtherRequests()
    {
        await using var door = await OpenDoor.OpenAsync(MapEcho);
        using var client = door.Connect();

        await client.SendAsync("POST /exec/none/start HTTP/1.1\r\nHost: x\r\n" + Upgrade + Body);
        Assert.Contains("404 Not Found", await client.ReadUntilAsync("{\"message\":\"No such exec instance: none\"}\n"), StringComparison.Ordinal);
        await client.SendAsync("POST /exec/e1/start HTTP/1.1\r\nHost: x\r\n" + Upgrade + Body);

        Assert.EndsWith("[m]", await client.ReadUntilAsync("[m]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.41", "application/vnd.docker.raw-stream")]
    [InlineData("1.42", "application/vnd.docker.multiplexed-stream")]
    public async Task Accept_Multiplexed_IsToldToClientsThatKnowIt(string version, string type)
    {
        await using var door = await OpenDoor.OpenAsync(MapEcho);
        using var client = door.Connect();

        await client.SendAsync($"POST /v{version}/exec/e1/start HTTP/1.1\r\nHost: x\r\n{Upgrade}\r\n");

        Assert.Contains($"Content-Type: {type}\r\n", await client.ReadUntilAsync("\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Echo_Of200Megabytes_ArrivesWhole()
    {
        const int Size = 200 * 1024 * 1024;
        await using var door = await OpenDoor.OpenAsync(MapEcho);
        using var client = door.Connect();
        await client.SendAsync("POST /exec/e1/start HTTP/1.1\r\nHost: x\r\n" + Upgrade + "\r\n");
        await client.ReadUntilAsync("[-]");

        var sending = SendAsync(client, Size);
        var received = await CheckPatternAsync(client, Size);
        await sending;

        Assert.Equal(Size, received);
    }

    [Fact]
    public async Task End_WhileTheClientIsStillSending_IsAnEndNotAnError()
    {
        await using var door = await OpenDoor.OpenAsync(routes => routes.Post("/brief", async context =>
        {
            var taken = await Hijack.AcceptAsync(context, multiplexed: false);
            await taken.Stream.WriteAsync("bye"u8.ToArray());
        }));
        using var client = door.Connect();
        await client.SendAsync("POST /brief HTTP/1.1\r\nHost: x\r\n" + Upgrade + "\r\n");
        await client.ReadUntilAsync("\r\n\r\n");

        // More than a socket holds, so that there is unread input whenever the daemon closes.
        var sending = client.SendAsync(new string('x', 1 << 20));

        Assert.Equal("bye", await client.ReadToEndAsync());
        await sending;
    }

    private static async Task SendAsync(RawClient client, int size)
    {
        var block = Enumerable.Range(0, 251).Select(value => (byte)value).ToArray();
        var pattern = Enumerable.Repeat(block, 256).SelectMany(bytes => bytes).ToArray();
        for (var sent = 0; sent < size;)
        {
            var offset = sent % block.Length;
            sent += await client.Socket.SendAsync(pattern.AsMemory(offset, Math.Min(pattern.Length - offset, size - sent)), TestContext.Current.CancellationToken);
        }
        client.FinishSending();
    }

    private static async Task<int> CheckPatternAsync(RawClient client, int size)
    {
        var buffer = new byte[256 * 1024];
        var received = 0;
        for (int count; received < size && (count = await client.ReadAsync(buffer)) > 0; received += count)
        {
            for (var at = 0; at < count && received + at < size; at += 4096)
                Assert.Equal((byte)((received + at) % 251), buffer[at]);
        }
        return Math.Min(received, size);
    }

    /// <summary>Answers with the body's message, then everything it is sent, then a full stop after the client has finished.</summary>
    private static void MapEcho(RouteTable routes) => routes.Post("/exec/{id}/start", async context =>
    {
        var body = await context.ReadOptionalJsonAsync(DoorJsonContext.Default.ErrorAnswer);
        if (context.RouteValue("id") == "none")
        {
            await context.AnswerErrorAsync(StatusCodes.Status404NotFound, "No such exec instance: none");
            return;
        }
        var client = await Hijack.AcceptAsync(context, multiplexed: true);
        await client.Stream.WriteAsync(Encoding.ASCII.GetBytes($"[{body?.Message ?? "-"}]"));
        await client.Stream.CopyToAsync(client.Stream, 64 * 1024);
        await client.Stream.WriteAsync("."u8.ToArray());
    });
}
