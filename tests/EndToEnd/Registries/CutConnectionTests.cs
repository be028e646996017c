using System.Globalization;
using System.Text.RegularExpressions;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Registries;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary>Lines that break: transfers go on where they were, and what has arrived is not asked for again.</summary>
public sealed partial class CutConnectionTests : IAsyncLifetime
{
    private const int Cuts = 100;

    // A connection that is given few bytes to carry may be left before it has carried them.
    private const int Spare = 20;
    private const int LayerSize = 24 << 20;
    private const int Layers = 3;

    private readonly BorealDaemon _daemon = new();
    private readonly Random _random = new(20261123);
    private DebianRegistry? _debian;
    private BorealRegistry? _ours;

    public async ValueTask InitializeAsync()
    {
        await _daemon.StartAsync();
        _debian = await DebianRegistry.StartAsync();
        _ours = await BorealRegistry.StartAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pull_Through100Cuts_ResumesAndFetchesNothingTwice(bool fromOurs)
    {
        var (port, address) = Registry(fromOurs);
        await PushImageAsync(address, "team/big");
        await using var proxy = new CuttingProxy(port, CuttingProxy.Direction.ToClient, RandomCuts(Cuts + Spare));
        var pull = await _daemon.Docker.Command("pull", "-q", $"{proxy.Address}/team/big:1").Within(TimeSpan.FromMinutes(4)).RunAsync();

        pull.Succeeded($"pull through {proxy.CutsMade} cuts");
        Assert.InRange(proxy.CutsMade, Cuts, Cuts + Spare);
        AssertResumed(proxy.Requests, Cuts / 2);
        await AssertContentAsync($"{proxy.Address}/team/big:1");
    }

    [Fact]
    public async Task Push_Through100CutsToOurs_ResumesAndArrivesWhole() => Assert.InRange(await PushThroughAsync(toOurs: true, Cuts + Spare), Cuts, Cuts + Spare);

    // Debian's registry drops an upload whose connection broke within a request: each time the blob begins anew, so the cuts must end.
    [Fact]
    public async Task Push_ThroughCutsToDebians_ArrivesWhole() => Assert.InRange(await PushThroughAsync(toOurs: false, 4), 1, 4);

    [Fact]
    public async Task Pull_AfterAKillOfTheEngine_GoesOnWhereItWas()
    {
        var (port, address) = Registry(ours: false);
        await PushImageAsync(address, "team/big");
        // Every connection ends after this much, so the engine dies with some of each layer.
        await using var proxy = new CuttingProxy(port, CuttingProxy.Direction.ToClient, Enumerable.Repeat(2L << 20, 1000));
        var image = $"{proxy.Address}/team/big:1";
        var pull = _daemon.Docker.Command("pull", "-q", image).Start();
        await using (pull)
        {
            await Eventually.HoldsAsync(() => proxy.BytesToClient > 20 << 20, "some of the image has arrived");
            await _daemon.KillAsync();
        }

        var before = proxy.Requests.Count;
        await _daemon.StartAsync();
        Assert.Empty(await _daemon.Docker.OutputAsync("images", "-aq"));
        (await _daemon.Docker.Command("pull", "-q", image).Within(TimeSpan.FromMinutes(4)).RunAsync()).Succeeded("pull after the kill");

        AssertResumed(proxy.Requests, atLeast: 1);
        Assert.Equal(Layers, proxy.Requests.Skip(before).Where(request => RangeStart().IsMatch(request)).Select(request => BlobRequest().Match(request).Groups[1].Value).Distinct().Count());
        await AssertContentAsync(image);
    }

    [Fact]
    public async Task Push_AcrossAKillOfTheRegistry_GoesOnWhenItIsBack()
    {
        var ours = _ours ?? throw new InvalidOperationException("the registry was not started");
        await PushImageAsync(Registry(ours: false).Address, "team/big");
        var source = $"{Registry(ours: false).Address}/team/big:1";
        await _daemon.Docker.OutputAsync("pull", "-q", source);
        var image = $"{ours.Address}/team/big:1";
        await _daemon.Docker.OutputAsync("tag", source, image);
        await using var push = _daemon.Docker.Command("push", "-q", image).Start();
        await Eventually.HoldsAsync(
            () => new DirectoryInfo(Path.Combine(ours.Data, "uploads")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) > 8 << 20, "uploads are under way");
        await ours.KillAsync();
        await ours.StartAgainAsync();

        var result = await push.FinishAsync(TimeSpan.FromMinutes(2));
        // Cut at the wrong moment the client may give up with an error; a second push then has to do.
        if (result.ExitCode != 0) await _daemon.Docker.OutputAsync("push", "-q", image);
        using var from = new RawRegistry(Registry(ours: false).Address);
        using var to = new RawRegistry(ours.Address);
        Assert.Equal(await from.ManifestAsync("team/big", "1"), await to.ManifestAsync("team/big", "1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        if (_debian is not null) await _debian.DisposeAsync();
        if (_ours is not null) await _ours.DisposeAsync();
    }

    private (int Port, string Address) Registry(bool ours) => ours
        ? (_ours?.Port ?? 0, _ours?.Address ?? "")
        : (_debian?.Port ?? 0, _debian?.Address ?? "");

    // All together are about half of what there is to carry, and the first may hit anything.
    private IEnumerable<long> RandomCuts(int count) => [.. Enumerable.Range(0, count).Select(_ => (long)_random.Next(1, Layers * LayerSize / Cuts))];

    /// <summary>Pushes an image that came from the other registry; gives the number of cuts it took.</summary>
    private async Task<int> PushThroughAsync(bool toOurs, int cuts)
    {
        var ((port, address), source) = (Registry(toOurs), Registry(!toOurs).Address);
        await PushImageAsync(source, "team/big");
        await _daemon.Docker.OutputAsync("pull", "-q", $"{source}/team/big:1");
        await using var proxy = new CuttingProxy(port, CuttingProxy.Direction.ToServer, RandomCuts(cuts));
        var image = $"{proxy.Address}/team/big:1";
        await _daemon.Docker.OutputAsync("tag", $"{source}/team/big:1", image);
        var push = await _daemon.Docker.Command("push", "-q", image).Within(TimeSpan.FromMinutes(4)).RunAsync();

        push.Succeeded($"push through {proxy.CutsMade} cuts");
        using var from = new RawRegistry(source);
        using var to = new RawRegistry(address);
        Assert.Equal(await from.ManifestAsync("team/big", "1"), await to.ManifestAsync("team/big", "1"));
        await _daemon.Docker.OutputAsync("rmi", image, $"{source}/team/big:1");
        await _daemon.Docker.OutputAsync("pull", "-q", $"{address}/team/big:1");
        await AssertContentAsync($"{address}/team/big:1");
        return proxy.CutsMade;
    }

    /// <summary>Every layer holds one file of noise named after it, beside the first's busybox.</summary>
    private static async Task PushImageAsync(string address, string repository)
    {
        using var raw = new RawRegistry(address);
        using var busybox = new MemoryStream();
        await TestKit.Images.BusyboxImage.WriteAsync(busybox);
        var image = new HandmadeImage().WithLayer(busybox.ToArray());
        for (var layer = 0; layer < Layers; layer++) image.WithLayer(Noise.Tar($"noise{layer}", LayerSize, layer));
        await image.PushAsync(raw, repository, "1");
    }

    private async Task AssertContentAsync(string image)
    {
        var sums = (await _daemon.Docker.OutputAsync("run", "--rm", image, "sha256sum", "/noise0", "/noise1", "/noise2")).Split('\n');
        Assert.Equal(Enumerable.Range(0, Layers).Select(layer => $"{Noise.Sum(LayerSize, layer)}  /noise{layer}"), sums);
    }

    /// <summary>Of each blob every request starts where an earlier one got to, and never again at the beginning.</summary>
    private static void AssertResumed(IReadOnlyList<string> requests, int atLeast)
    {
        var starts = new Dictionary<string, long>(StringComparer.Ordinal);
        var resumed = 0;
        foreach (var request in requests)
        {
            if (BlobRequest().Match(request) is not { Success: true } blob) continue;
            var start = RangeStart().Match(request) is { Success: true } range ? long.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            var last = starts.GetValueOrDefault(blob.Groups[1].Value);
            Assert.True(start >= last, $"{blob.Groups[1].Value} was asked for from {start} after {last}");
            if (start > 0) resumed++;
            starts[blob.Groups[1].Value] = start;
        }

        Assert.True(resumed >= atLeast, $"{resumed} requests resumed");
    }

    [GeneratedRegex("^GET /v2/[^ ]*/blobs/(sha256:[0-9a-f]{64})")]
    private static partial Regex BlobRequest();

    [GeneratedRegex(@"^Range: bytes=(\d+)-", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex RangeStart();
}
