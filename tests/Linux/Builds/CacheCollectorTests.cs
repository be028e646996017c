using Boreal.Build.Builds;
using Boreal.Build.Graph;
using Boreal.Engine.Containers;
using Boreal.Engine.Images;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Tests.Linux.Builds;

public sealed class CacheCollectorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collect_OverTheLimit_RemovesWhatWasLongestNotUsed()
    {
        await using var rig = new BuildCacheRig();
        foreach (var name in (string[])["first", "second", "third"])
        {
            rig.MakeAndLeave(name, 1000);
            rig.Clock.Turn(TimeSpan.FromMinutes(5));
        }

        var used = rig.Steps.TryUse("first");
        Assert.NotNull(used);
        rig.Storage.Storage.Builds.Release([used.Layer]);
        await using var collector = rig.Collector(new CacheRule { ReservedSpace = 2500 });
        rig.Clock.Turn(TimeSpan.FromMinutes(5));
        await collector.CollectAsync(Token);

        Assert.Equal(["make first", "make third"], rig.Steps.List().Select(record => record.Description).Order());
        Assert.Equal(2, rig.Storage.LayerFolders().Length);
    }

    [Fact]
    public async Task Collect_WhatABuildUsesOrJustUsed_Stays()
    {
        await using var rig = new BuildCacheRig();
        var held = rig.Make("held", 1000);
        rig.Clock.Turn(TimeSpan.FromHours(1));
        rig.MakeAndLeave("fresh", 1000);
        using var context = rig.Contexts.Open("key", "local source for context");
        var mount = new MountPoint { Kind = MountKind.Cache, Target = "/c", Id = "c" };
        using var cache = await rig.Folders.OpenAsync(mount, "cached mount /c", null, Token);
        await using var collector = rig.Collector(new CacheRule { All = true, ReservedSpace = 1 });
        await collector.CollectAsync(Token);
        Assert.Equal(2, rig.Steps.List().Count);

        rig.Clock.Turn(TimeSpan.FromHours(1));
        await collector.CollectAsync(Token);

        Assert.Equal([held.Id], rig.Steps.List().Select(record => record.Id));
        Assert.True(Directory.Exists(context.Path));
        Assert.True(Directory.Exists(cache.Path));
        rig.Storage.Storage.Builds.Release([held.Layer]);
    }

    [Fact]
    public async Task Clean_WithoutAll_LeavesWhatAnImageHasToo()
    {
        await using var rig = new BuildCacheRig();
        var record = rig.MakeAndLeave("step", 10);
        var config = new ImageConfig { Architecture = "amd64", Os = "linux", RootFs = new RootFs { DiffIds = [record.Layer] } };
        rig.Storage.Storage.Assembler.Assemble(ImageAssembler.Document(config), [ImageReference.Parse("made")]);

        Assert.True(Assert.Single(rig.Inventory.List([])).Shared);
        Assert.Empty(await CleanAsync(rig, new CacheRule()));
        Assert.Single(await CleanAsync(rig, new CacheRule { All = true }));
        Assert.Single(rig.Storage.LayerFolders());
    }

    [Fact]
    public async Task Clean_ByKind_RemovesThoseFoldersOnly()
    {
        await using var rig = new BuildCacheRig();
        using (var context = rig.Contexts.Open("key", "local source for context"))
            await File.WriteAllTextAsync(Path.Combine(context.Path, "f"), "12345", Token);
        var mount = new MountPoint { Kind = MountKind.Cache, Target = "/c", Id = "c" };
        using (var cache = await rig.Folders.OpenAsync(mount, "cached mount /c", null, Token))
            await File.WriteAllTextAsync(Path.Combine(cache.Path, "f"), "123", Token);

        Assert.Equal([("source.local", 5L, 1L), ("exec.cachemount", 3L, 1L)], rig.Inventory.List([]).Select(record => (record.Kind, record.Size, record.UsageCount)));
        var gone = Assert.Single(await CleanAsync(rig, new CacheRule { Filters = ["type==exec.cachemount"] }));
        Assert.Equal("cached mount /c", gone.Description);
        Assert.Equal("local source for context", Assert.Single(rig.Inventory.List([])).Description);
        Assert.Empty(Directory.GetDirectories(rig.Folders.Root));
    }

    [Fact]
    public async Task Reopened_AfterADeathWhileCleaning_IsWhole()
    {
        await using var rig = new BuildCacheRig();
        var record = rig.MakeAndLeave("kept", 10);
        // The record had gone, the pin not yet; a folder was renamed and half removed; another was being filled.
        var stray = rig.Make("stray", 10);
        rig.Storage.Storage.Builds.Pin("also", stray.Layer);
        rig.Storage.Storage.Builds.Release([stray.Layer]);
        rig.Steps.TryRemove(stray.Id);
        using (rig.Contexts.Open("key", "local source for context"))
            Directory.CreateDirectory(Path.Combine(rig.Contexts.Root, "abc.1.gone", "half"));
        Directory.CreateDirectory(Path.Combine(rig.Folders.Root, "abc.new", "half"));

        await rig.ReopenAsync();
        await rig.Storage.Storage.Snapshots.StartAsync(new HashSet<ContainerId>(), Token);
        await rig.Storage.Storage.DisposeAsync();

        Assert.Equal([record.Id], rig.Steps.List().Select(each => each.Id));
        Assert.Single(rig.Storage.LayerFolders());
        Assert.Empty(Directory.GetDirectories(rig.Folders.Root));
        Assert.Equal(2, (await CleanAsync(rig, new CacheRule { All = true })).Count);
        Assert.Empty(Directory.GetDirectories(rig.Contexts.Root));
    }

    private static async Task<List<CacheRecord>> CleanAsync(BuildCacheRig rig, CacheRule rule)
    {
        var removed = new List<CacheRecord>();
        await foreach (var record in rig.Inventory.CleanAsync(rule, Token))
            removed.Add(record);
        return removed;
    }
}
