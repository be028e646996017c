using System.Text;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Oci.Content;

namespace Boreal.Tests.Linux.Images;

public sealed class ImageLoaderTests
{
    [Fact]
    public async Task Load_WhatSaveWrote_GivesTheSameImageAndTree()
    {
        await using var rig = new StorageRig();
        var image = await rig.ImportAsync(ImageImporterTests.Everything(), "test/a:1");
        rig.Storage.Images.Tag(image, Oci.References.ImageReference.Parse("test/a:2"));
        var tree = TreeListing.Of(rig.Storage.Images.Folders(image).Upper);
        var archive = await rig.SaveAsync("test/a");
        rig.Storage.Remover.Remove(image.Id.ToString(), force: true, prune: true);
        Assert.Empty(rig.LayerFolders());

        var notices = await rig.LoadAsync(archive);

        var loaded = rig.Storage.Images.Find("test/a:2");
        Assert.Equal(image.Id, loaded.Id);
        Assert.Equal(["test/a:1", "test/a:2"], loaded.RepoTags);
        Assert.Equal(tree, TreeListing.Of(rig.Storage.Images.Folders(loaded).Upper));
        Assert.Equal(["Loaded image: test/a:1\n", "Loaded image: test/a:2\n"], notices.Select(notice => notice.Text).OfType<string>());
    }

    [Fact]
    public async Task Load_SavedById_HasNoName()
    {
        await using var rig = new StorageRig();
        var image = await rig.ImportAsync(ImageImporterTests.Everything());
        var archive = await rig.SaveAsync(image.Id.ToString());

        var notices = await rig.LoadAsync(archive);

        Assert.Equal([$"Loaded image ID: {image.Id}\n"], notices.Select(notice => notice.Text).OfType<string>());
    }

    [Fact]
    public async Task Load_NameTaken_MovesItAndSaysSo()
    {
        await using var rig = new StorageRig();
        await rig.ImportAsync(ImageImporterTests.Everything(), "test/a:1");
        var archive = await rig.SaveAsync("test/a:1");
        var other = await rig.ImportAsync(new TestTar().File("x").Build(), "test/a:1");

        var notices = await rig.LoadAsync(archive);

        Assert.Equal(
            [$"The image test/a:1 already exists, renaming the old one with ID {other.Id} to empty string\n", "Loaded image: test/a:1\n"],
            notices.Select(notice => notice.Text).OfType<string>());
        Assert.Empty(rig.Storage.Images.Find(other.Id.ToString()).RepoTags);
    }

    [Fact]
    public async Task Load_OldDockerArchiveWithLinkedLayer_Loads()
    {
        await using var rig = new StorageRig();
        var layer = new TestTar().File("a").Build();
        var diffId = Digest.OfSha256(layer);
        var config = $$$"""{"architecture":"amd64","os":"linux","x-unknown":7,"rootfs":{"type":"layers","diff_ids":["{{{diffId}}}","{{{diffId}}}"]}}""";
        var archive = new TestTar()
            .File("one/layer.tar", Encoding.Latin1.GetString(layer)).Symlink("two/layer.tar", "../one/layer.tar")
            .File("c.json", config).File("manifest.json", """[{"Config":"c.json","RepoTags":["old/a:1"],"Layers":["one/layer.tar","two/layer.tar"]}]""").Build();

        await rig.LoadAsync(archive);

        Assert.Equal(Digest.OfSha256(Encoding.UTF8.GetBytes(config)), rig.Storage.Images.Find("old/a:1").Id.Digest);
    }

    [Fact]
    public async Task Load_WrongDiffId_IsRefusedAndLeavesNothing()
    {
        await using var rig = new StorageRig();
        var archive = new TestTar()
            .File("l.tar", Encoding.Latin1.GetString(new TestTar().File("a").Build()))
            .File("c.json", $$$"""{"os":"linux","rootfs":{"type":"layers","diff_ids":["{{{Digest.OfSha256("no"u8)}}}"]}}""")
            .File("manifest.json", """[{"Config":"c.json","RepoTags":["bad/a:1"],"Layers":["l.tar"]}]""").Build();

        var failure = await Assert.ThrowsAsync<EngineException>(() => rig.LoadAsync(archive));

        Assert.StartsWith("invalid diffID for layer 1: expected", failure.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Storage.Images.List());
        Assert.Empty(rig.LayerFolders());
    }

    [Fact]
    public async Task Load_TruncatedOrNoArchive_IsRefusedAndLeavesNothing()
    {
        await using var rig = new StorageRig();
        await rig.ImportAsync(new TestTar().File("big", new string('x', 3_000_000)).Build(), "test/a:1");
        var archive = await rig.SaveAsync("test/a:1");
        rig.Storage.Remover.Remove("test/a:1", force: true, prune: true);

        await Assert.ThrowsAnyAsync<Exception>(() => rig.LoadAsync(archive[..1_500_000]));
        await Assert.ThrowsAnyAsync<Exception>(() => rig.LoadAsync(Encoding.ASCII.GetBytes(new string('z', 5000))));
        await Assert.ThrowsAsync<EngineException>(() => rig.LoadAsync(ImageImporterTests.Everything()));

        Assert.Empty(rig.Storage.Images.List());
        Assert.Empty(rig.LayerFolders());
    }

    [Fact]
    public async Task Remove_Rules_AreDockers()
    {
        await using var rig = new StorageRig();
        var image = await rig.ImportAsync(ImageImporterTests.Everything(), "test/a:1");
        rig.Storage.Images.Tag(image, Oci.References.ImageReference.Parse("test/b:2"));

        var refused = Assert.Throws<EngineException>(() => rig.Storage.Remover.Remove(image.Id.ToString(), force: false, prune: true));
        Assert.Equal($"conflict: unable to delete {image.Id.Short} (must be forced) - image is referenced in multiple repositories", refused.Message);
        Assert.Equal([new ImageRemoval { Untagged = "test/b:2" }], rig.Storage.Remover.Remove("test/b:2", force: false, prune: true));
        Assert.Equal(
            [new ImageRemoval { Untagged = "test/a:1" }, new ImageRemoval { Deleted = image.Id.ToString() }, new ImageRemoval { Deleted = image.LayerChain[0].Value }],
            rig.Storage.Remover.Remove("test/a:1", force: false, prune: true));
        var missing = Assert.Throws<EngineException>(() => rig.Storage.Images.Find("test/a"));
        Assert.Equal((ErrorKind.NotFound, "No such image: test/a:latest"), (missing.Kind, missing.Message));
    }
}
