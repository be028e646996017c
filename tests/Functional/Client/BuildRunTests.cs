using System.Net.Sockets;
using System.Text;
using Boreal.Build.Builds;
using Boreal.Build.Contexts;
using Boreal.Cli.Building;
using Boreal.Cli.Building.Folders;
using Boreal.Cli.Building.Offers;
using Boreal.Cli.Building.Orders;
using Boreal.Cli.Building.Progress;
using Boreal.Cli.Building.Results;
using Boreal.Cli.Session;
using Boreal.Oci.Content;
using Boreal.Tests.Functional.Build;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;
using Grpc.Core;

namespace Boreal.Tests.Functional.Client;

/// <summary>Our client's side of a build, with our daemon's protocols and a builder of the test's.</summary>
public sealed class BuildRunTests : IDisposable
{
    private const string List = """find . -mindepth 1 -printf '%P %y %m %s %T@ %l %n\n' | sed 's/^\([^ ]* d .*\) [0-9]* \([0-9.]*  [0-9]*\)$/\1 \2/' | sort""";

    private readonly TemporaryDirectory _directory = new();
    private readonly BuildOrder _order = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Folder_OfEveryKindOfFile_ArrivesTheSame()
    {
        await Command.Shell("""
            mkdir -p d/e empty; echo one >d/one; ln d/one d/e/another; ln -s ../one d/e/link; ln -s /nowhere broken
            mkfifo pipe; chmod 4755 d/one; chmod 1777 empty; touch -d '2001-02-03 04:05:06.789012345' d/one; : >zero; head -c 3000000 /dev/urandom >big
            printf x >"$(printf 'bad\377name')"; printf y >'name with spaces'; printf z >ünï; chmod 600 big; touch -d '1969-12-31 23:59:58.5' zero
            """).In(_directory.Path).OutputAsync();
        _order.Offer.Folders["context"] = new LocalFolder(_directory.Path);
        var received = "";
        await RunAsync(ScriptedBuilder.Receiving(path => received = Command.Shell($"{List}; cat d/one big | sha256sum; rm bad*").In(path).OutputAsync().GetAwaiter().GetResult()));

        Assert.Equal(await Command.Shell($"{List}; cat d/one big | sha256sum").In(_directory.Path).OutputAsync(), received);
        await Command.Shell("rm bad*").In(_directory.Path).OutputAsync();
    }

    [Fact]
    public async Task Folder_IsFilteredAsTheDaemonWants()
    {
        await Command.Shell("mkdir -p a/b; touch a/b/1 a/b/2 a/x c; ln -s a/b/1 l").In(_directory.Path).OutputAsync();
        _order.Offer.Folders["context"] = new LocalFolder(_directory.Path);
        var received = "";
        await RunAsync(ScriptedBuilder.Receiving(
            path => received = Command.Shell("find . -mindepth 1 | sort | xargs").In(path).OutputAsync().GetAwaiter().GetResult(),
            new ContextFilter("context") { Include = ["a"], Exclude = ["**/2"], Follow = ["l"] }));

        Assert.Equal("./a ./a/b ./a/b/1 ./a/x ./l", received);
    }

    [Fact]
    public async Task Folder_ThatWasNotOffered_IsRefused()
    {
        _order.Offer.Folders["context"] = new LocalFolder(_directory.Path);
        var failure = await Assert.ThrowsAsync<RpcException>(() => RunAsync(ScriptedBuilder.Receiving(_ => { }, new ContextFilter("etc"))));
        Assert.Contains("no access allowed to dir etc", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InlineFile_Arrives()
    {
        _order.Offer.Folders["dockerfile"] = new InlineFolder([new("Dockerfile", "FROM scratch\n"u8.ToArray())]);
        var received = "";
        await RunAsync(ScriptedBuilder.Receiving(path => received = File.ReadAllText(Path.Combine(path, "Dockerfile")), new ContextFilter("dockerfile")));
        Assert.Equal("FROM scratch\n", received);
    }

    [Fact]
    public async Task Secret_IsGivenOnlyByItsName()
    {
        File.WriteAllText(_directory.File("token"), "value");
        _order.Offer.Secrets["token"] = new SecretSource(_directory.File("token"), null);
        byte[]? given = null, other = null;
        await RunAsync(Asking(async client =>
        {
            given = await client.GetSecretAsync("token", Cancellation);
            other = await client.GetSecretAsync("other", Cancellation);
        }));

        Assert.Equal("value"u8.ToArray(), given);
        Assert.Null(other);
    }

    [Fact]
    public async Task Upload_CanBeReadOnce()
    {
        var sent = new byte[1_500_000];
        Random.Shared.NextBytes(sent);
        _order.Offer.Uploads["id"] = new MemoryStream(sent);
        using var received = new MemoryStream();
        await RunAsync(Asking(async client =>
        {
            await using (var upload = await client.OpenUploadAsync("id", Cancellation)) await upload.CopyToAsync(received, Cancellation);
            await using var again = await client.OpenUploadAsync("id", Cancellation);
            await Assert.ThrowsAsync<RpcException>(async () => await again.ReadExactlyAsync(new byte[1], Cancellation));
        }));

        Assert.Equal(sent, received.ToArray());
    }

    [Fact]
    public async Task Agent_ListsKeysAndTakesNone()
    {
        using var agent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        agent.Bind(new UnixDomainSocketEndPoint(_directory.File("agent")));
        agent.Listen();
        var asked = AnswerOneAsync(agent);
        _order.Offer.Agents["default"] = _directory.File("agent");
        var answer = new byte[5];
        var hasOther = true;
        await RunAsync(Asking(async client =>
        {
            Assert.True(await client.HasSshAgentAsync("default", Cancellation));
            hasOther = await client.HasSshAgentAsync("other", Cancellation);
            await using var conversation = await client.OpenSshAgentAsync("default", Cancellation);
            await conversation.WriteAsync(new byte[] { 0, 0, 0, 1, 19 }, Cancellation);
            await conversation.ReadExactlyAsync(answer, Cancellation);
        }));

        Assert.False(hasOther);
        Assert.Equal([0, 0, 0, 1, 255], await asked);
        Assert.Equal([0, 0, 0, 1, 5], answer);
    }

    [Fact]
    public async Task Result_OfFiles_ArrivesInTheFolderOverWhatIsThere()
    {
        using var source = new TemporaryDirectory();
        await Command.Shell("mkdir -p d/e; echo new >d/file; ln d/file d/e/other; ln -s ../nowhere d/link; chmod 750 d; chmod 4755 d/file; touch -d '2001-02-03 04:05:06' d/file d/e d").In(source.Path).OutputAsync();
        await Command.Shell("mkdir -p out/d; echo old >out/d/file; ln -s /etc out/d/link; echo kept >out/kept").In(_directory.Path).OutputAsync();
        _order.Exports.Add(new ExportOrder("local", new Dictionary<string, string>()) { Destination = _directory.File("out"), IsFolder = true });
        await RunAsync(Sending((client, export) => client.SendFolderAsync(export, source.Path, null, new Counter(), Cancellation)));

        Assert.Equal("kept\n", await File.ReadAllTextAsync(_directory.File("out/kept"), Cancellation));
        File.Delete(_directory.File("out/kept"));
        Assert.Equal(await Command.Shell(List).In(source.Path).OutputAsync(), await Command.Shell(List).In(_directory.File("out")).OutputAsync());
    }

    [Fact]
    public async Task Result_ThroughALinkOutside_IsRefused()
    {
        using var source = new TemporaryDirectory();
        using var outside = new TemporaryDirectory();
        await Command.Shell("mkdir d; echo x >d/file").In(source.Path).OutputAsync();
        Directory.CreateDirectory(_directory.File("out"));
        File.CreateSymbolicLink(_directory.File("out/d"), outside.Path);
        _order.Exports.Add(new ExportOrder("local", new Dictionary<string, string>()) { Destination = _directory.File("out"), IsFolder = true });
        await RunAsync(Sending((client, export) => client.SendFolderAsync(export, source.Path, null, new Counter(), Cancellation)));

        // The link gives way to the folder.
        Assert.Empty(Directory.GetFileSystemEntries(outside.Path));
        Assert.Equal("x\n", await File.ReadAllTextAsync(_directory.File("out/d/file"), Cancellation));
    }

    [Fact]
    public async Task Result_OfAnArchive_IsAFileWhenItIsWhole()
    {
        _order.Exports.Add(new ExportOrder("tar", new Dictionary<string, string>()) { Destination = _directory.File("deep/x.tar") });
        await RunAsync(Sending(async (client, export) =>
        {
            await using var file = await client.CreateFileAsync(export, new Dictionary<string, string>(), Cancellation);
            await file.WriteAsync("content"u8.ToArray(), Cancellation);
        }));

        Assert.Equal("content", await File.ReadAllTextAsync(_directory.File("deep/x.tar"), Cancellation));
        Assert.Single(Directory.GetFileSystemEntries(_directory.File("deep")));
    }

    [Fact]
    public async Task Store_TakesBlobsAndGivesThemBack()
    {
        var content = new byte[2_500_000];
        Random.Shared.NextBytes(content);
        var blob = new Descriptor { MediaType = "x", Digest = Digest.OfSha256(content), Size = content.Length };
        _order.Offer.Layouts["local:cache"] = _directory.File("cache");
        using var received = new MemoryStream();
        long? size = 0, absent = 0;
        await RunAsync(Asking(async client =>
        {
            var store = await client.OpenContentAsync("local:cache", Cancellation);
            absent = await store.SizeAsync(blob.Digest, Cancellation);
            await store.WriteAsync(blob, new MemoryStream(content), Cancellation);
            await Assert.ThrowsAsync<RpcException>(() => store.WriteAsync(blob with { Digest = Digest.OfSha256("other"u8) }, new MemoryStream(content), Cancellation));
            size = await store.SizeAsync(blob.Digest, Cancellation);
            await using var stream = await store.OpenAsync(blob.Digest, Cancellation);
            await stream.CopyToAsync(received, Cancellation);
        }));

        Assert.Null(absent);
        Assert.Equal(content.Length, size);
        Assert.Equal(content, received.ToArray());
        Assert.Empty(Directory.GetFileSystemEntries(_directory.File("cache/ingest")));
    }

    [Fact]
    public async Task Failure_WithAPlace_ShowsTheLines()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => RunAsync(new ScriptedBuilder((_, _, _) => throw new BuildException("it broke")
        {
            Excerpt = new Boreal.Build.Progress.SourceExcerpt("Dockerfile", "FROM a\nRUN b\nRUN c\n"u8.ToArray(), [new Boreal.Build.Progress.SourceRange(2, 2)]),
        })));

        Assert.Equal(
            "Dockerfile:2\n--------------------\n   1 |     FROM a\n   2 | >>> RUN b\n   3 |     RUN c\n   4 |     \n--------------------\nERROR: failed to solve: it broke\n",
            BuildFailure.Describe(failure));
    }

    [Fact]
    public async Task Cancelling_StopsTheDaemonsBuild()
    {
        var stopped = new TaskCompletionSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var builder = new ScriptedBuilder(async (_, _, cancellationToken) =>
        {
            await stop.CancelAsync();
            await using var registration = cancellationToken.Register(() => stopped.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("not reached");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(builder, stop.Token));

        await stopped.Task.WaitAsync(Eventually.Patience, Cancellation);
    }

    public void Dispose() => _directory.Dispose();

    private static ScriptedBuilder Asking(Func<IBuildClient, Task> ask) => new(async (_, surroundings, _) =>
    {
        await ask(surroundings.Client);
        return new BuildResult { Tree = new ScriptedBuilder.Tree() };
    });

    private static ScriptedBuilder Sending(Func<IBuildClient, int, Task> send) =>
        new((_, _, _) => Task.FromResult(new BuildResult { Tree = new ScriptedBuilder.Tree() })) { OnExport = (_, surroundings, _) => send(surroundings.Client, 0) };

    private static async Task<byte[]> AnswerOneAsync(Socket agent)
    {
        using var client = await agent.AcceptAsync(Cancellation);
        var request = new byte[5];
        await new NetworkStream(client).ReadExactlyAsync(request, Cancellation);
        await client.SendAsync(new byte[] { 0, 0, 0, 1, 5 }, Cancellation);
        return request;
    }

    private async Task RunAsync(ScriptedBuilder builder, CancellationToken? cancellationToken = null)
    {
        await using var door = await BuildDoor.OpenAsync(builder);
        var options = new GlobalOptions();
        options.Flags.Parse(["-H", $"unix://{door.SocketPath}", "--config", _directory.File("config")], anywhere: false);
        await using var context = new CliContext(options, "boreal build");
        await using var display = new QuietDisplay(TextWriter.Null);
        await new BuildRun(context, _order, display).RunAsync(cancellationToken ?? Cancellation);
    }

    private sealed class Counter : IProgress<long>
    {
        public void Report(long value)
        {
        }
    }
}
