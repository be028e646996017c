using System.Text;
using Boreal.BuildWire.Protocol.Types;
using Boreal.Tests.TestKit.Machine;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Tests.Functional.Build;

/// <summary>Clients whose folders are traps.</summary>
public sealed class HostileSenderTests
{
    private const uint Directory = 1u << 31;
    private const uint Link = 1u << 27;
    private const uint Socket = 1u << 24;

    // Entries are parted by bars: a letter for the kind, the path, and what it points at.
    public static TheoryData<string, string> Traps => new()
    {
        { "the path ../escape", "f ../escape" },
        { "the path /etc/passwd", "f /etc/passwd" },
        { "the path a/../../b", "d a|f a/../../b" },
        { "the path a//b", "d a|f a//b" },
        { "the path a/.", "d a|f a/." },
        { "cannot be one", "f " },
        { "cannot be one", "f a\0b" },
        { "cannot be one", "f " + string.Join('/', Enumerable.Repeat("a", 2100)) },
        { "not a clean one", "f " + new string('a', 256) },
        { "out of order", "f b|f a" },
        { "out of order", "f a|f a" },
        { "before its folder", "f a/b" },
        { "before its folder", "l a>/|f a/b" },
        { "before its folder", "f a|f a/b" },
        { "unknown kind", "s a" },
        { "unknown kind", "x a" },
        { "size of -1", "n a" },
        { "did not send", "f a>../../../../../../etc/hostname" },
        { "did not send", "f a>/etc/hostname" },
        { "did not send", "f a>a" },
        { "did not send", "f a>" + new string('b', 300) },
        { "did not send", "l l>/etc/hostname|f m>l" },
        { "did not send", "l l>/etc|f m>l/hostname" },
    };

    [Theory]
    [MemberData(nameof(Traps))]
    public async Task Receive_OfATrap_IsRefused(string reason, string entries)
    {
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(_ => { }));
        await using var client = new FakeClient(door.SocketPath);
        await client.OfferFolderAsync(async (_, responses) =>
        {
            await SendAsync(responses, entries.Split('|').Select(Parse));
            await responses.WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketFin });
        });

        var failure = await Assert.ThrowsAsync<RpcException>(() => client.SolveAsync(TestContext.Current.CancellationToken));

        Assert.Contains(reason, failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_OverLinksLeftBehind_WritesNothingOutside()
    {
        using var outside = new TemporaryDirectory();
        await File.WriteAllTextAsync(outside.File("victim"), "untouched", TestContext.Current.CancellationToken);
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(_ => { }));
        await using (var first = new FakeClient(door.SocketPath))
        {
            await first.OfferFolderAsync((requests, responses) => SendAllAsync(requests, responses, [Entry("d", Link, outside.Path), Entry("victim", Link, outside.File("victim"))]));
            await first.SolveAsync(TestContext.Current.CancellationToken);
        }

        await using var second = new FakeClient(door.SocketPath);
        await second.OfferFolderAsync((requests, responses) => SendAllAsync(
            requests, responses, [Entry("d", Directory), Entry("d/victim", size: 4), Entry("victim", size: 4)], [(1, "evil"), (1, ""), (2, "evil"), (2, "")]));
        await second.SolveAsync(TestContext.Current.CancellationToken);

        Assert.Equal("untouched", await File.ReadAllTextAsync(outside.File("victim"), TestContext.Current.CancellationToken));
        Assert.Single(System.IO.Directory.EnumerateFileSystemEntries(outside.Path));
    }

    [Theory]
    [InlineData(7u, "which was not asked for")]
    [InlineData(1u, "which was not asked for")]
    public async Task Receive_OfDataNotAskedFor_IsRefused(uint id, string reason)
    {
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(_ => { }));
        await using var client = new FakeClient(door.SocketPath);
        await client.OfferFolderAsync((_, responses) => SendAsync(responses, [Entry("a", size: 1), Entry("b", Link, "x")], (id, "evil")));

        var failure = await Assert.ThrowsAsync<RpcException>(() => client.SolveAsync(TestContext.Current.CancellationToken));

        Assert.Contains(reason, failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_OfAFolderCutShort_FailsAndTheNextBuildIsRight()
    {
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path => received = File.ReadAllText(Path.Combine(path, "a"))));
        await using (var first = new FakeClient(door.SocketPath))
        {
            await first.OfferFolderAsync((_, responses) => SendAsync(responses, [Entry("a", size: 4)], (0, "ha")));
            var failure = await Assert.ThrowsAsync<RpcException>(() => first.SolveAsync(TestContext.Current.CancellationToken));
            Assert.Contains("before it was complete", failure.Status.Detail, StringComparison.Ordinal);
        }

        await using var second = new FakeClient(door.SocketPath);
        await second.OfferFolderAsync((requests, responses) => SendAllAsync(requests, responses, [Entry("a", size: 4)], [(0, "ha"), (0, "lf"), (0, "")]));
        await second.SolveAsync(TestContext.Current.CancellationToken);

        Assert.Equal("half", received);
    }

    [Fact]
    public async Task Receive_WhenTheClientSaysWhatIsWrong_SaysItToo()
    {
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(_ => { }));
        await using var client = new FakeClient(door.SocketPath);
        await client.OfferFolderAsync((_, responses) =>
            responses.WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketErr, Data = ByteString.CopyFromUtf8("open x: permission denied") }));

        var failure = await Assert.ThrowsAsync<RpcException>(() => client.SolveAsync(TestContext.Current.CancellationToken));

        Assert.Equal("error from sender: open x: permission denied", failure.Status.Detail);
    }

    [Fact]
    public async Task Ask_WithoutAnUpgrade_IsServedToo()
    {
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(_ => { }));
        await using var client = new FakeClient(door.SocketPath);

        var calls = await client.AskDirectlyAsync();
        var workers = await calls.CallAsync(
            "/moby.buildkit.v1.Control/ListWorkers", new Boreal.BuildWire.Protocol.Control.ListWorkersRequest(), Boreal.BuildWire.Protocol.Control.ListWorkersResponse.Parser, TestContext.Current.CancellationToken);

        Assert.Equal("scripted", Assert.Single(workers.Record).ID);
    }

    private static Stat Parse(string entry)
    {
        var (path, link) = entry[2..].Split('>') is [var before, var after] ? (before, after) : (entry[2..], "");
        return entry[0] switch
        {
            'd' => Entry(path, Directory),
            'l' => Entry(path, Link, link),
            's' => Entry(path, Socket),
            'x' => Entry(path, Directory | Link),
            'n' => Entry(path, size: -1),
            _ => Entry(path, link: link),
        };
    }

    private static Stat Entry(string path, uint mode = 0x1A4, string link = "", long size = 0) => new()
    {
        Path = ByteString.CopyFrom(Encoding.UTF8.GetBytes(path)),
        Mode = mode,
        Linkname = ByteString.CopyFromUtf8(link),
        Size = size,
        ModTime = 1_000_000_000_000_000_000,
    };

    private static async Task SendAsync(IServerStreamWriter<Packet> responses, IEnumerable<Stat> entries, params (uint Id, string Data)[] data)
    {
        foreach (var entry in entries.Append(null))
            await responses.WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketStat, Stat = entry });
        foreach (var (id, text) in data)
            await responses.WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketData, ID = id, Data = ByteString.CopyFromUtf8(text) });
    }

    private static async Task SendAllAsync(
        IAsyncStreamReader<Packet> requests, IServerStreamWriter<Packet> responses, IEnumerable<Stat> entries, params (uint Id, string Data)[] data)
    {
        await SendAsync(responses, entries, data);
        while (await requests.MoveNext(TestContext.Current.CancellationToken) && requests.Current.Type is not Packet.Types.PacketType.PacketFin)
        {
            // Whatever is asked for was sent unasked.
        }
    }
}
