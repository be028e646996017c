using System.Globalization;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Registries;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary>Disks that fill up: the reason is said, nothing half done shows, the room comes back, and what fits still works.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private const int Megabyte = 1 << 20;
    private const int DiskMegabytes = 64;

    private readonly TemporaryDirectory _directory = new();
    private readonly BorealDaemon _daemon = new();
    private DebianRegistry? _debian;

    private DebianRegistry Debian => _debian ?? throw new InvalidOperationException("the registry was not started");

    private string Disk => _directory.File("disk");

    public async ValueTask InitializeAsync() => _debian = await DebianRegistry.StartAsync();

    [Fact]
    public async Task Pull_OnAFullDisk_SaysSoAndGivesTheRoomBack()
    {
        await MountAsync(_daemon.Roots.Data);
        await _daemon.StartAsync();
        await PutAsync(Debian.Address, "big", DiskMegabytes);
        await PutAsync(Debian.Address, "small", 1);
        var before = await UsedAsync(_daemon.Roots.Data);

        var pull = await _daemon.Docker.RunAsync("pull", $"{Debian.Address}/big:1");

        Assert.NotEqual(0, pull.ExitCode);
        Assert.Contains("no space left on device", pull.Stderr, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await _daemon.Docker.OutputAsync("images", "-aq"));
        await GivenBackAsync(_daemon.Roots.Data, before);
        await _daemon.Docker.OutputAsync("pull", "-q", $"{Debian.Address}/small:1");
    }

    [Fact]
    public async Task Push_OfALayerThatCannotBeKeptCompressed_LeavesNothingBehind()
    {
        await MountAsync(_daemon.Roots.Data);
        await _daemon.StartAsync();
        await File.WriteAllBytesAsync(_directory.File("layer.tar"), Noise.Tar("noise", DiskMegabytes * 2 / 3 * Megabyte, 1), TestContext.Current.CancellationToken);
        var image = $"{Debian.Address}/built:1";
        await _daemon.Docker.OutputAsync("import", _directory.File("layer.tar"), image);
        var before = await UsedAsync(_daemon.Roots.Data);

        var push = await _daemon.Docker.RunAsync("push", image);

        if (push.ExitCode != 0)
        {
            Assert.Contains("no space left on device", push.Stderr, StringComparison.OrdinalIgnoreCase);
            using var raw = new RawRegistry(Debian.Address);
            using var tag = await raw.SendAsync(HttpMethod.Get, "v2/built/manifests/1");
            Assert.False(tag.IsSuccessStatusCode);
        }

        await GivenBackAsync(_daemon.Roots.Data, before);
        Assert.NotEmpty(await _daemon.Docker.OutputAsync("images", "-q", image));
    }

    [Fact]
    public async Task Registry_OnAFullDisk_RefusesTheBlobAndGivesTheRoomBack()
    {
        await MountAsync(Disk);
        await _daemon.StartAsync();
        await using var ours = await BorealRegistry.StartInAsync(Path.Combine(Disk, "data"));
        await PutAsync(Debian.Address, "big", DiskMegabytes + 8);
        await _daemon.Docker.OutputAsync("pull", "-q", $"{Debian.Address}/big:1");
        await _daemon.Docker.OutputAsync("tag", $"{Debian.Address}/big:1", $"{ours.Address}/big:1");
        var before = await UsedAsync(Disk);

        var push = await _daemon.Docker.RunAsync("push", $"{ours.Address}/big:1");

        Assert.NotEqual(0, push.ExitCode);
        Assert.Contains("no space left", push.Stderr, StringComparison.OrdinalIgnoreCase);
        using var raw = new RawRegistry(ours.Address);
        using (var tag = await raw.SendAsync(HttpMethod.Get, "v2/big/manifests/1")) Assert.False(tag.IsSuccessStatusCode);
        await GivenBackAsync(Disk, before);
        await PutAsync(ours.Address, "small", 1);
    }

    [Fact]
    public async Task Registry_CollectionOnAFullDisk_FreesWhatNothingNames()
    {
        await MountAsync(Disk);
        await using var ours = await BorealRegistry.StartInAsync(Path.Combine(Disk, "data"), "--gc-grace", "0");
        var digest = await PutAsync(ours.Address, "old", DiskMegabytes / 2);
        await PutAsync(ours.Address, "kept", 1);
        using var raw = new RawRegistry(ours.Address);
        using (var deleted = await raw.SendAsync(HttpMethod.Delete, $"v2/old/manifests/{digest}")) Assert.True(deleted.IsSuccessStatusCode);
        await Command.Shell($"dd if=/dev/zero of={Disk}/filler bs=64k 2>/dev/null || true").OutputAsync();
        var before = await UsedAsync(Disk);

        using (var dry = await raw.SendAsync(HttpMethod.Post, "v2/_boreal/gc?dry-run=true")) Assert.True(dry.IsSuccessStatusCode);
        Assert.Equal(before, await UsedAsync(Disk));
        using (var collected = await raw.SendAsync(HttpMethod.Post, "v2/_boreal/gc")) Assert.True(collected.IsSuccessStatusCode);

        Assert.InRange(before - await UsedAsync(Disk), (DiskMegabytes / 2 - 1) * (long)Megabyte, long.MaxValue);
        Assert.NotEmpty(await raw.ManifestAsync("kept", "1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        if (_debian is not null) await _debian.DisposeAsync();
        await Mounts.DetachAsync(_directory.Path);
        _directory.Dispose();
    }

    private static async Task MountAsync(string path)
    {
        Directory.CreateDirectory(path);
        await Command.Of("mount", "-t", "tmpfs", "-o", $"size={DiskMegabytes}m", "tmpfs", path).OutputAsync();
    }

    private static async Task<string> PutAsync(string address, string repository, int megabytes)
    {
        using var raw = new RawRegistry(address);
        return await new HandmadeImage().WithLayer(Noise.Tar("noise", megabytes * Megabyte, megabytes)).PushAsync(raw, repository, "1");
    }

    private static async Task<long> UsedAsync(string path) =>
        long.Parse((await Command.Of("df", "-B1", "--output=used", path).OutputAsync()).Split('\n')[^1].Trim(), CultureInfo.InvariantCulture);

    private static async Task GivenBackAsync(string path, long before)
    {
        var used = 0L;
        await Eventually.HoldsAsync(async () => (used = await UsedAsync(path)) <= before + (2 * Megabyte), $"the room comes back, {used} of {before} are taken");
    }
}
