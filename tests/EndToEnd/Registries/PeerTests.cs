using System.Text.Json;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Registries;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary>What a real Docker, named by BOREAL_PEER=unix://SOCKET, and Boreal do together. Run by <c>./boreal.sh test</c> when it is named.</summary>
public sealed class PeerTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _image = $"boreal-peer/web:{Environment.ProcessId}";
    private BorealRegistry? _ours;
    private DockerCli? _docker;

    private BorealRegistry Ours => _ours ?? throw new InvalidOperationException("the registry was not started");

    private DockerCli Docker => _docker ?? throw new InvalidOperationException("BOREAL_PEER names no Docker");

    public async ValueTask InitializeAsync()
    {
        _ours = await BorealRegistry.StartAsync();
        _docker = new DockerCli(Environment.GetEnvironmentVariable("BOREAL_PEER") ?? throw new InvalidOperationException("BOREAL_PEER names no Docker"), _directory.Path);
        // A base and a layer on it, made by the peer itself.
        await engine.Docker.OutputAsync("save", "-o", _directory.File("busybox.tar"), EngineUnderTest.Image);
        await _docker.OutputAsync("load", "-q", "-i", _directory.File("busybox.tar"));
        await _docker.Shell($"c=$(docker create {EngineUnderTest.Image} sh -c 'seq 1 200000 > /numbers') && docker start -a $c && docker commit $c {_image} && docker rm $c").OutputAsync();
    }

    [Fact(Explicit = true)]
    public async Task RoundTrip_FromDockerThroughUsAndBack_KeepsEveryDigest()
    {
        // One that has none of the layers: what is here already is not fetched, and would be compressed in our way when it leaves.
        await using var daemon = new BorealDaemon();
        await daemon.StartAsync();
        await using var debian = await DebianRegistry.StartAsync();
        var first = $"{Ours.Address}/round/trip:1";
        var id = await Docker.InspectAsync(_image, "{{.Id}}");
        await Docker.OutputAsync("tag", _image, first);
        await Docker.OutputAsync("push", "-q", first);                                        // Docker -> our registry
        await Docker.OutputAsync("rmi", first);
        await daemon.Docker.OutputAsync("pull", "-q", first);                                 // -> us
        Assert.Equal(id, await daemon.Docker.InspectAsync(first, "{{.Id}}"));

        await daemon.Docker.OutputAsync("save", "-o", _directory.File("trip.tar"), first);    // -> an archive
        await Docker.OutputAsync("load", "-q", "-i", _directory.File("trip.tar"));            // -> Docker
        Assert.Equal(id, await Docker.InspectAsync(first, "{{.Id}}"));
        var layers = await Docker.InspectAsync(first, "{{json .RootFS.Layers}}");
        Assert.Equal(layers, await daemon.Docker.InspectAsync(first, "{{json .RootFS.Layers}}"));
        await Docker.OutputAsync("rmi", first);

        var last = $"{debian.Address}/round/trip:1";
        await daemon.Docker.OutputAsync("tag", first, last);
        await daemon.Docker.OutputAsync("push", "-q", last);                                  // -> docker-registry, by us
        using var ours = new RawRegistry(Ours.Address);
        using var theirs = new RawRegistry(debian.Address);
        Assert.Equal(await ours.ManifestAsync("round/trip", "1"), await theirs.ManifestAsync("round/trip", "1"));

        await Docker.OutputAsync("pull", "-q", last);                                         // -> Docker
        Assert.Equal(id, await Docker.InspectAsync(last, "{{.Id}}"));
        Assert.Equal(await DigestAsync(daemon.Docker, last), await DigestAsync(Docker, last));
        await Docker.OutputAsync("rmi", last);
    }

    [Fact(Explicit = true)]
    public async Task Docker_PushAndPull_OnOurRegistry_KeepTheDigest()
    {
        var image = $"{Ours.Address}/team/docker:1";
        await Docker.OutputAsync("tag", _image, image);
        await Docker.OutputAsync("push", "-q", image);
        var digest = await DigestAsync(Docker, image);
        await Docker.OutputAsync("rmi", image);
        await Docker.OutputAsync("pull", "-q", image);
        using var raw = new RawRegistry(Ours.Address);
        Assert.Equal($"{Ours.Address}/team/docker@{RawRegistry.DigestOf(await raw.ManifestAsync("team/docker", "1"))}", digest);
        Assert.Equal(digest, await DigestAsync(Docker, image));
        Assert.Equal("200000", await Docker.OutputAsync("run", "--rm", image, "tail", "-n", "1", "/numbers"));
        await Docker.OutputAsync("rmi", image);
    }

    [Fact(Explicit = true)]
    public async Task Docker_OfWhatWeBuiltAndPushed_RunsIt()
    {
        var image = $"{Ours.Address}/team/made-here:1";
        await engine.Docker.Shell($"c=$(docker create {EngineUnderTest.Image} sh -c 'echo made by boreal > /made') && docker start -a $c && docker commit $c {image} && docker rm $c").OutputAsync();
        await engine.Docker.OutputAsync("push", "-q", image);
        await Docker.OutputAsync("pull", "-q", image);
        Assert.Equal("made by boreal", await Docker.OutputAsync("run", "--rm", image, "cat", "/made"));
        Assert.Equal(await DigestAsync(engine.Docker, image), await DigestAsync(Docker, image));
        await Docker.OutputAsync("rmi", image);
        await engine.Docker.OutputAsync("rmi", image);
    }

    public async ValueTask DisposeAsync()
    {
        if (_docker is not null) await _docker.RunAsync("rmi", _image);
        if (_ours is not null) await _ours.DisposeAsync();
        _directory.Dispose();
    }

    private static async Task<string> DigestAsync(DockerCli docker, string image)
    {
        var repository = image[..image.LastIndexOf(':')];
        using var digests = JsonDocument.Parse(await docker.InspectAsync(image, "{{json .RepoDigests}}"));
        return digests.RootElement.EnumerateArray().Select(item => item.GetString() ?? "").Single(item => item.StartsWith(repository + "@", StringComparison.Ordinal));
    }
}
