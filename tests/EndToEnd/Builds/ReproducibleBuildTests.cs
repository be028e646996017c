using System.Formats.Tar;
using Boreal.Tests.TestKit.Images;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>With SOURCE_DATE_EPOCH the same inputs are the same image, whoever builds it and whenever.</summary>
public sealed class ReproducibleBuildTests : IAsyncLifetime
{
    private const long Epoch = 1_700_000_000;

    private const string Dockerfile = """
        FROM scratch AS base
        ADD root.tar /
        FROM base AS make
        WORKDIR /src
        RUN --network=none date > now; mkdir -p a/b; echo same > a/b/c; ln a/b/c a/hard; ln -s b a/soft; mkfifo a/pipe
        FROM base
        COPY --from=make /src/a /a
        COPY --link --chmod=600 old new /files/
        COPY <<EOF /here
        text
        EOF
        RUN --network=none rm /bin/vi; chmod 4755 /a/b/c; mkdir -p /deep/er
        LABEL a=b
        """;

    private readonly TemporaryDirectory _context = new();

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_context.File("Dockerfile"), Dockerfile);
        await using (var root = File.Create(_context.File("root.tar")))
            await BusyboxImage.WriteAsync(root);
        foreach (var (name, time) in new[] { ("old", Epoch - 1000), ("new", Epoch + 1000) })
        {
            await File.WriteAllTextAsync(_context.File(name), name);
            File.SetLastWriteTimeUtc(_context.File(name), DateTimeOffset.FromUnixTimeSeconds(time).UtcDateTime);
        }
    }

    public ValueTask DisposeAsync()
    {
        _context.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Image_BuiltTwiceOnTwoEngines_IsOneAndTheSame()
    {
        var ids = new HashSet<string>();
        for (var engine = 0; engine < 2; engine++)
        {
            await using var peer = await CachePeers.StartAsync();
            peer.Epoch = $"{Epoch}";
            for (var time = 0; time < 2; time++)
            {
                await peer.BuildAsync(_context.Path, "--output", "type=image,name=made,rewrite-timestamp=true", "--no-cache");
                ids.Add(await peer.IdAsync("made"));
            }

            Assert.Equal("2023-11-14T22:13:20Z", await peer.Docker("image", "inspect", "--format", "{{.Created}}", "made").OutputAsync());
            Assert.Equal($"{Epoch} {Epoch - 1000} {Epoch}", (await peer.Docker("run", "--rm", "--network", "none", "made", "/bin/busybox", "stat", "-c", "%Y", "/files/new", "/files/old", "/deep/er").OutputAsync()).ReplaceLineEndings(" "));
        }

        Assert.Single(ids);
    }

    [Fact]
    public async Task Files_InAnArchiveOrFolder_AreAsOldAsTheBuildIsSaidToBe()
    {
        await using var peer = await CachePeers.StartAsync();
        peer.Epoch = $"{Epoch}";
        using var target = new TemporaryDirectory();
        await peer.BuildAsync(_context.Path, "--output", $"type=tar,dest={target.File("out.tar")}");

        await using var archive = File.OpenRead(target.File("out.tar"));
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
            Assert.Equal(Epoch, entry.ModificationTime.ToUnixTimeSeconds());

        await peer.BuildAsync(_context.Path, "--output", target.File("folder"));
        Assert.Equal($"{Epoch}", await Command.Shell("find . -mindepth 1 -printf '%T@\\n' | sed 's/[.].*//' | sort -u").In(target.File("folder")).OutputAsync());
    }
}
