using System.Net.Sockets;
using System.Text;
using Boreal.Build.Builds;
using Boreal.Build.Progress;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Functional.Build;

/// <summary>What the stock client offers a build besides its folder.</summary>
public sealed class StockOptionTests : IDisposable
{
    private readonly TemporaryDirectory _context = new();

    public StockOptionTests() => File.WriteAllText(_context.File("Dockerfile"), "FROM scratch\n");

    [Fact]
    public async Task Build_WithSecrets_GetsThoseItAsksFor()
    {
        var secret = "";
        byte[]? missing = [];
        await using var door = await OpenAsync(async (surroundings, cancellationToken) =>
        {
            secret = Encoding.UTF8.GetString(await surroundings.Client.GetSecretAsync("key", cancellationToken) ?? []);
            missing = await surroundings.Client.GetSecretAsync("other", cancellationToken);
        });
        await File.WriteAllTextAsync(_context.File("s"), "s3cret", TestContext.Current.CancellationToken);

        await BuildAsync(door, "--secret", $"id=key,src={_context.File("s")}");

        Assert.Equal("s3cret", secret);
        Assert.Null(missing);
    }

    [Fact]
    public async Task Build_WithAnAgent_TalksToIt()
    {
        using var agent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        agent.Bind(new UnixDomainSocketEndPoint(_context.File("agent")));
        agent.Listen();
        var answering = AnswerAgentAsync(agent);
        var has = (Default: false, Other: true);
        var answer = new byte[4];
        await using var door = await OpenAsync(async (surroundings, cancellationToken) =>
        {
            has = (await surroundings.Client.HasSshAgentAsync("default", cancellationToken), await surroundings.Client.HasSshAgentAsync("other", cancellationToken));
            await using var stream = await surroundings.Client.OpenSshAgentAsync("default", cancellationToken);
            // SSH_AGENTC_REQUEST_IDENTITIES: four bytes of length, and the code.
            await stream.WriteAsync(new byte[] { 0, 0, 0, 1, 11 }, cancellationToken);
            await stream.ReadExactlyAsync(answer, cancellationToken);
        });

        await BuildAsync(door, "--ssh", $"default={_context.File("agent")}");

        Assert.Equal((true, false), has);
        Assert.Equal([0, 0, 0, 5], answer);
        await answering;
    }

    [Fact]
    public async Task Build_WithLogins_GetsThemByHost()
    {
        BuildCredentials? known = null, unknown = new("", "x");
        await using var door = await OpenAsync(async (surroundings, cancellationToken) =>
        {
            known = await surroundings.Client.GetCredentialsAsync("registry.test:5000", cancellationToken);
            unknown = await surroundings.Client.GetCredentialsAsync("elsewhere.test", cancellationToken);
        });
        var login = Convert.ToBase64String("me:pw"u8);
        await File.WriteAllTextAsync(Path.Combine(door.ClientConfig, "config.json"), "{\"auths\":{\"registry.test:5000\":{\"auth\":\"" + login + "\"}}}", TestContext.Current.CancellationToken);

        await BuildAsync(door);

        Assert.Equal(new BuildCredentials("me", "pw"), known);
        Assert.Null(unknown);
    }

    [Fact]
    public async Task Build_FromStandardInput_GetsTheArchive()
    {
        var received = Array.Empty<byte>();
        await using var door = await BuildDoor.OpenAsync(new ScriptedBuilder(async (request, surroundings, cancellationToken) =>
        {
            var id = new Uri(request.Attributes["context"]).AbsolutePath.TrimStart('/');
            await using var upload = await surroundings.Client.OpenUploadAsync(id, cancellationToken);
            using var bytes = new MemoryStream();
            await upload.CopyToAsync(bytes, cancellationToken);
            received = bytes.ToArray();
            return new BuildResult { Tree = new ScriptedBuilder.Tree() };
        }));
        await Command.Shell("head -c 5000000 /dev/urandom >big; tar -cf ../$(basename $PWD).tar . && mv ../$(basename $PWD).tar all.tar").In(_context.Path).OutputAsync();

        await door.Docker.Shell($"docker build - <{_context.File("all.tar")}").OutputAsync();

        Assert.Equal(await File.ReadAllBytesAsync(_context.File("all.tar"), TestContext.Current.CancellationToken), received);
    }

    [Fact]
    public async Task Build_ToATarFile_FillsIt()
    {
        var bytes = new byte[5_000_000];
        Random.Shared.NextBytes(bytes);
        var builder = new ScriptedBuilder((_, _, _) => Task.FromResult(new BuildResult { Tree = new ScriptedBuilder.Tree() }))
        {
            OnExport = async (export, surroundings, cancellationToken) =>
            {
                await using var file = await surroundings.Client.CreateFileAsync(export.Index, new Dictionary<string, string>(), cancellationToken);
                await file.WriteAsync(bytes, cancellationToken);
            },
        };
        await using var door = await BuildDoor.OpenAsync(builder);

        await BuildAsync(door, "-o", $"type=tar,dest={_context.File("out.tar")}");

        Assert.Equal("tar", Assert.Single(builder.Exports).Kind);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_context.File("out.tar"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Build_ToAFolder_FillsIt()
    {
        using var made = new TemporaryDirectory();
        await Command.Shell("mkdir -p d/e; echo 1 >d/a; ln d/a d/b; ln -s ../a d/e/l; head -c 3000000 /dev/urandom >big; chmod 755 d/a; : >empty").In(made.Path).OutputAsync();
        var builder = new ScriptedBuilder((_, _, _) => Task.FromResult(new BuildResult { Tree = new ScriptedBuilder.Tree() }))
        {
            OnExport = (export, surroundings, cancellationToken) => surroundings.Client.SendFolderAsync(export.Index, made.Path, null, new Progress<long>(), cancellationToken),
        };
        await using var door = await BuildDoor.OpenAsync(builder);

        await BuildAsync(door, "-o", _context.File("out"));

        Assert.Equal("local", Assert.Single(builder.Exports).Kind);
        Assert.Equal("", await Command.Of("diff", "-r", "--no-dereference", made.Path, _context.File("out")).OutputAsync());
        Assert.Equal("2", await Command.Of("stat", "-c", "%h", _context.File("out/d/a")).OutputAsync());
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("INT")]
    public async Task Build_WhoseClientLeaves_IsCancelled(string signal)
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var door = await OpenAsync(async (surroundings, cancellationToken) =>
        {
            surroundings.Progress.Start("sha256:run", "[1/1] RUN sleep").Log(1, "working\n"u8);
            started.SetResult();
            await using var _ = cancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        });
        await using var running = door.Docker.Command("build", "--progress", "plain", _context.Path).Start();
        await started.Task.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);

        await ProcessList.SignalAsync(running.Pid, signal);
        if (signal == "KILL")
            running.Kill();

        await cancelled.Task.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Bake_OfThreeTargets_BuildsThemAtOnce()
    {
        await File.WriteAllTextAsync(_context.File("docker-bake.hcl"), """
            group "default" { targets = ["a", "b", "c"] }
            target "a" { tags = ["a:1"] }
            target "b" { tags = ["b:1"] }
            target "c" { tags = ["c:1"] }
            """, TestContext.Current.CancellationToken);
        var builder = ScriptedBuilder.Receiving(_ => { });
        await using var door = await BuildDoor.OpenAsync(builder);

        (await (door.Docker.Command("buildx", "bake", "--progress", "plain") with { WorkingDirectory = _context.Path }).RunAsync()).Succeeded("bake");

        Assert.Equal(["a:1", "b:1", "c:1"], builder.Exports.Select(export => export.Attributes["name"]).Order());
    }

    [Fact]
    public async Task Bake_OfATargetThatBuildsOnAnother_IsGivenItsResult()
    {
        await File.WriteAllTextAsync(_context.File("docker-bake.hcl"), """
            target "base" { }
            target "app" { contexts = { base = "target:base" } }
            """, TestContext.Current.CancellationToken);
        var tree = new ScriptedBuilder.Tree();
        var builder = new ScriptedBuilder((_, _, _) => Task.FromResult(new BuildResult { Tree = tree }));
        await using var door = await BuildDoor.OpenAsync(builder);

        (await (door.Docker.Command("buildx", "bake", "--progress", "plain", "app") with { WorkingDirectory = _context.Path }).RunAsync()).Succeeded("bake");

        var app = Assert.Single(builder.Requests, request => request.Inputs.Count > 0);
        var (name, input) = Assert.Single(app.Inputs);
        Assert.Same(tree, input);
        Assert.Equal($"input:{name}", app.Attributes["context:base"]);
    }

    [Fact]
    public async Task Compose_Build_BuildsEveryService()
    {
        await File.WriteAllTextAsync(_context.File("compose.yaml"), """
            name: shop
            services:
              web: { build: { context: ., args: { A: b } } }
              worker: { build: . }
            """, TestContext.Current.CancellationToken);
        var builder = ScriptedBuilder.Receiving(_ => { });
        await using var door = await BuildDoor.OpenAsync(builder);

        (await (door.Docker.Command("compose", "build") with { WorkingDirectory = _context.Path }).RunAsync()).Succeeded("compose build");

        Assert.Equal(["shop-web", "shop-worker"], builder.Exports.Select(export => export.Attributes["name"].Replace("docker.io/library/", "", StringComparison.Ordinal).Replace(":latest", "", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task DiskUsageAndPrune_ShowWhatTheBuilderKeeps()
    {
        var builder = ScriptedBuilder.Receiving(_ => { });
        builder.Cache.Add(new CacheRecord { Id = "one", Kind = "regular", Description = "mount / from exec", Size = 1_500_000, CreatedAt = DateTimeOffset.UnixEpoch });
        await using var door = await BuildDoor.OpenAsync(builder);

        Assert.Contains("1.5MB", await door.Docker.OutputAsync("buildx", "du"), StringComparison.Ordinal);
        Assert.Contains("Total:\t1.5MB", await door.Docker.OutputAsync("buildx", "prune", "-f"), StringComparison.Ordinal);
        Assert.Empty(builder.Cache);
    }

    [Fact]
    public async Task Check_PrintsWhatTheFrontendAnswers()
    {
        await using var door = await BuildDoor.OpenAsync(new ScriptedBuilder((request, _, _) => Task.FromResult(new BuildResult
        {
            Metadata = new Dictionary<string, ReadOnlyMemory<byte>>
            {
                ["result.txt"] = Encoding.UTF8.GetBytes($"answer to {request.Attributes.GetValueOrDefault("requestid")}\n"),
                // Newer than the client knows: it prints the text as it is.
                ["version"] = "9.0.0"u8.ToArray(),
            },
        })));

        var result = await door.Docker.Command("buildx", "build", "--print", "outline", _context.Path).WithVariable("BUILDX_EXPERIMENTAL", "1").RunAsync();

        Assert.Contains("answer to frontend.outline", result.Stdout + result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_WithWarnings_ShowsThem()
    {
        await using var door = await OpenAsync((surroundings, _) =>
        {
            surroundings.Progress.Start("sha256:check", "[internal] load build definition from Dockerfile").Warn(new BuildWarning
            {
                Short = "FromAsCasing: 'as' and 'FROM' keywords' casing do not match",
                Detail = ["The 'as' keyword should match the case of the 'from' keyword"],
                Excerpt = new SourceExcerpt("Dockerfile", "FROM scratch as x\n"u8.ToArray(), [new SourceRange(1, 1)]),
            });
            return Task.CompletedTask;
        });

        var result = await BuildAsync(door);

        Assert.Contains("FromAsCasing", result.Stderr, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private static Task<BuildDoor> OpenAsync(Func<BuildSurroundings, CancellationToken, Task> build) => BuildDoor.OpenAsync(new ScriptedBuilder(async (_, surroundings, cancellationToken) =>
    {
        await build(surroundings, cancellationToken);
        return new BuildResult { Tree = new ScriptedBuilder.Tree() };
    }));

    private async Task<CommandResult> BuildAsync(BuildDoor door, params string[] options) =>
        (await door.Docker.RunAsync(["build", "--progress", "plain", .. options, _context.Path])).Succeeded("docker build");

    private static async Task AnswerAgentAsync(Socket agent)
    {
        // The client tries the agent once by itself before it offers it.
        for (var served = false; !served;)
        {
            using var client = await agent.AcceptAsync(TestContext.Current.CancellationToken);
            var request = new byte[64];
            while (!served && await client.ReceiveAsync(request, TestContext.Current.CancellationToken) > 0)
            {
                // No identities: length, code, and a count of none.
                await client.SendAsync(new byte[] { 0, 0, 0, 5, 12, 0, 0, 0, 0 }, TestContext.Current.CancellationToken);
                served = true;
            }
        }
    }
}
