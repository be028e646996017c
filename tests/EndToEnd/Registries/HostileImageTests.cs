using System.Formats.Tar;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Registries;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary>Images made to do harm: a clear error, nothing visible, nothing left on disk, and nothing outside an image's own root touched.</summary>
public sealed class HostileImageTests : IAsyncLifetime
{
    private const string Repository = "bad/image";

    private readonly BorealDaemon _daemon = new();
    private readonly TemporaryDirectory _outside = new();
    private DebianRegistry? _registry;

    private DebianRegistry Registry => _registry ?? throw new InvalidOperationException("the registry was not started");

    private string Image => $"{Registry.Address}/{Repository}:1";

    public async ValueTask InitializeAsync()
    {
        await _daemon.StartAsync();
        _registry = await DebianRegistry.StartAsync();
    }

    [Fact]
    public async Task Pull_OfALayerWithAnotherDiffId_IsRefused()
    {
        var tar = await TarAsync(File("file", "content"));
        await PushAsync(new HandmadeImage().WithLayer(tar, RawRegistry.DigestOf("something else"u8)));
        await AssertRefusedAsync("layers from manifest");
    }

    [Fact]
    public async Task Pull_OfABlobWithAnotherDigest_IsRefused()
    {
        var tar = await TarAsync(File("file", "content"));
        await PushAsync(new HandmadeImage().WithLayer(tar));
        await CorruptAsync(RawRegistry.DigestOf(HandmadeImage.Compressed(tar)));
        await AssertRefusedAsync("verification failed|is damaged");
    }

    [Fact]
    public async Task Pull_OfATruncatedGzip_IsRefused()
    {
        var tar = await TarAsync(File("file", new string('x', 1 << 20)));
        var whole = HandmadeImage.Compressed(tar);
        await PushAsync(new HandmadeImage().WithBlob(whole[..(whole.Length / 2)], RawRegistry.DigestOf(tar)));
        await AssertRefusedAsync("unexpected EOF|truncated|end|digest");
    }

    [Fact]
    public async Task Pull_OfATruncatedTar_IsRefused()
    {
        var tar = (await TarAsync(File("file", new string('x', 1 << 20))))[..(1 << 19)];
        await PushAsync(new HandmadeImage().WithLayer(tar));
        await AssertRefusedAsync("EOF|truncated|end");
    }

    [Fact]
    public async Task Pull_OfBytesThatAreNoArchive_IsRefused()
    {
        var noise = new byte[100_000];
        new Random(5).NextBytes(noise);
        await PushAsync(new HandmadeImage().WithLayer(noise));
        await AssertRefusedAsync(".");
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("a/../../../escape")]
    [InlineData("/../../escape")]
    public async Task Pull_OfPathsThatLeaveTheRoot_WritesNothingOutside(string path)
    {
        await PushAsync(new HandmadeImage().WithLayer(await TarAsync(File(path, "got out"))));
        await PullAndAssertContainedAsync();
    }

    [Fact]
    public async Task Pull_OfAnAbsolutePath_StaysInTheImage()
    {
        await PushAsync(new HandmadeImage().WithLayer(await TarAsync(File(_outside.File("escape"), "got out"))));
        await PullAndAssertContainedAsync();
    }

    [Fact]
    public async Task Pull_OfAFileThroughALink_WritesNothingOutside()
    {
        await PushAsync(new HandmadeImage().WithLayer(await TarAsync(
            new PaxTarEntry(TarEntryType.SymbolicLink, "out") { LinkName = _outside.Path }, File("out/escape", "got out"))));
        await PullAndAssertContainedAsync();
    }

    [Fact]
    public async Task Pull_OfAFileThroughALinkOfALowerLayer_WritesNothingOutside()
    {
        await PushAsync(new HandmadeImage()
            .WithLayer(await TarAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "out") { LinkName = _outside.Path }))
            .WithLayer(await TarAsync(File("out/escape", "got out"))));
        await PullAndAssertContainedAsync();
    }

    [Theory]
    [InlineData("../../../../../../../../etc/hostname")]
    [InlineData("/etc/hostname")]
    public async Task Pull_OfAHardLinkToTheHost_LinksNothingOfTheHost(string target)
    {
        await PushAsync(new HandmadeImage().WithLayer(await TarAsync(new PaxTarEntry(TarEntryType.HardLink, "stolen") { LinkName = target })));
        await PullAndAssertContainedAsync();
        var number = (await Command.Of("stat", "-c", "%d:%i", "/etc/hostname").OutputAsync());
        Assert.DoesNotContain(number, await Command.Shell($"find {_daemon.Roots.Data} -name stolen -exec stat -c %d:%i {{}} +").OutputAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_OfAHardLinkThroughALinkToTheHost_LinksNothingOfTheHost()
    {
        await System.IO.File.WriteAllTextAsync(_outside.File("secret"), "of the host", TestContext.Current.CancellationToken);
        await PushAsync(new HandmadeImage().WithLayer(await TarAsync(
            new PaxTarEntry(TarEntryType.SymbolicLink, "out") { LinkName = _outside.Path }, new PaxTarEntry(TarEntryType.HardLink, "stolen") { LinkName = "out/secret" })));
        await PullAndAssertContainedAsync();
        Assert.Equal("1", await Command.Of("stat", "-c", "%h", _outside.File("secret")).OutputAsync());
    }

    [Fact]
    public async Task Pull_OfAWhiteoutForTheHost_RemovesNothingOutside()
    {
        await System.IO.File.WriteAllTextAsync(_outside.File("kept"), "", TestContext.Current.CancellationToken);
        await PushAsync(new HandmadeImage().WithLayer(await TarAsync(
            new PaxTarEntry(TarEntryType.SymbolicLink, "out") { LinkName = _outside.Path }, File("out/.wh.kept", ""), File("out/.wh..wh..opq", ""))));
        await PullAndAssertContainedAsync();
        Assert.True(System.IO.File.Exists(_outside.File("kept")));
    }

    [Fact]
    public async Task Pull_OfADeviceNode_GivesAContainerNoDevice()
    {
        using var busybox = new MemoryStream();
        await TestKit.Images.BusyboxImage.WriteAsync(busybox);
        await PushAsync(new HandmadeImage().WithLayer(busybox.ToArray())
            .WithLayer(await TarAsync(new PaxTarEntry(TarEntryType.BlockDevice, "disk") { DeviceMajor = 7, DeviceMinor = 0 })));
        await _daemon.Docker.OutputAsync("pull", "-q", Image);
        var read = await _daemon.Docker.RunAsync("run", "--rm", Image, "dd", "if=/disk", "count=1");
        Assert.NotEqual(0, read.ExitCode);
        Assert.Contains("not permitted", read.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_OfAManifestWith10000Layers_IsRefusedBeforeAnyLayer()
    {
        using var raw = new RawRegistry(Registry.Address);
        var blob = HandmadeImage.Compressed(await TarAsync(File("file", "content")));
        var config = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["architecture"] = "amd64", ["os"] = "linux",
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. Enumerable.Repeat(RawRegistry.DigestOf("x"u8), 10_000).Select(id => JsonValue.Create(id))]) },
        }.ToJsonString());
        await raw.PushBlobAsync(Repository, blob);
        await raw.PushBlobAsync(Repository, config);
        var layers = Enumerable.Range(0, 10_000).Select(_ => (JsonNode)HandmadeImage.Described("application/vnd.oci.image.layer.v1.tar+gzip", blob));
        await raw.PushManifestAsync(Repository, "1", HandmadeImage.Manifest(config, layers), HandmadeImage.ManifestType);
        await AssertRefusedAsync("layers");
    }

    [Fact]
    public async Task Pull_OfA5MegabyteManifest_IsRefused()
    {
        await using var registry = new FixedAnswers(Encoding.UTF8.GetBytes("{\"schemaVersion\": 2, \"mediaType\": \"" + HandmadeImage.ManifestType + "\"" + new string(' ', 5 << 20) + "}"), HandmadeImage.ManifestType);
        await AssertRefusedAsync("manifest|bytes", $"{registry.Address}/{Repository}:1");
    }

    [Fact]
    public async Task Pull_OfAForeignLayer_IsRefusedWithItsReason()
    {
        var tar = await TarAsync(File("file", "content"));
        using var raw = new RawRegistry(Registry.Address);
        var config = new HandmadeImage().WithLayer(tar).Config();
        await raw.PushBlobAsync(Repository, config);
        var layer = HandmadeImage.Described("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", HandmadeImage.Compressed(tar));
        layer["urls"] = new JsonArray("http://127.0.0.1:1/layer");
        await raw.PushManifestAsync(Repository, "1", HandmadeImage.Manifest(config, [layer]), HandmadeImage.ManifestType);
        await AssertRefusedAsync("foreign");
    }

    [Fact]
    public async Task Pull_OfAGzipBomb_IsRefusedAndGivesTheSpaceBack()
    {
        var (blob, diffId) = await GzipBomb.MakeAsync(10L << 30);
        Assert.InRange(blob.Length, 1 << 20, 12 << 20);
        await PushAsync(new HandmadeImage().WithBlob(blob, diffId));
        await AssertRefusedAsync("expands|times|compress");
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        if (_registry is not null) await _registry.DisposeAsync();
        _outside.Dispose();
    }

    private static PaxTarEntry File(string path, string text) => new(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    private static async Task<byte[]> TarAsync(params TarEntry[] entries)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, leaveOpen: true))
        {
            foreach (var entry in entries) await tar.WriteEntryAsync(entry);
        }

        return archive.ToArray();
    }

    private async Task<string> PushAsync(HandmadeImage image)
    {
        using var raw = new RawRegistry(Registry.Address);
        return await image.PushAsync(raw, Repository, "1");
    }

    // The same length, other bytes: only the digest can tell.
    private async Task CorruptAsync(string digest)
    {
        var path = Registry.BlobPath(digest);
        var bytes = await System.IO.File.ReadAllBytesAsync(path);
        bytes[bytes.Length / 2] ^= 0xff;
        await System.IO.File.WriteAllBytesAsync(path, bytes);
    }

    private async Task AssertRefusedAsync(string reason, string? image = null)
    {
        var before = await UsedAsync();
        var pull = await _daemon.Docker.Command("pull", image ?? Image).Within(TimeSpan.FromMinutes(3)).RunAsync();
        Assert.NotEqual(0, pull.ExitCode);
        TestContext.Current.SendDiagnosticMessage(pull.Stderr);
        Assert.Matches(reason, pull.Stderr);
        await AssertNothingKeptAsync(before);
    }

    /// <summary>The pull may fail or keep the entry inside the image: what counts is what is outside.</summary>
    private async Task PullAndAssertContainedAsync()
    {
        var before = await UsedAsync();
        var pull = await _daemon.Docker.RunAsync("pull", Image);
        Assert.False(System.IO.File.Exists(_outside.File("escape")));
        Assert.False(System.IO.File.Exists("/escape"));
        Assert.Empty(await Command.Shell($"find {_daemon.Roots.Directory} {_outside.Path} -maxdepth 4 -name escape -not -path '*/layers/*'").OutputAsync());
        if (pull.ExitCode != 0) await AssertNothingKeptAsync(before);
    }

    private async Task AssertNothingKeptAsync(long before)
    {
        Assert.Empty(await _daemon.Docker.OutputAsync("images", "-aq"));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_daemon.Roots.Data, "layers")));
        Assert.InRange(await UsedAsync(), 0, before + (1 << 20));
    }

    private async Task<long> UsedAsync() =>
        long.Parse((await Command.Of("du", "-s", "-B1", _daemon.Roots.Data).OutputAsync()).Split('\t')[0], CultureInfo.InvariantCulture);
}
