using Boreal.Engine.Containers;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Oci.Tar;

namespace Boreal.Tests.Linux.Images;

public sealed class SnapshotsTests
{
    private static readonly string[] InitNames = [".dockerenv", "dev/console", "dev/pts/", "dev/shm/", "etc/hostname", "etc/hosts", "etc/mtab", "etc/resolv.conf", "proc/", "sys/"];

    [Fact]
    public async Task Create_NewContainer_HasDockersMountPointsAndNoChanges()
    {
        await using var rig = new StorageRig();
        var (id, _) = await CreateAsync(rig);

        Assert.Empty(rig.Storage.Snapshots.Changes(id));
        var names = Export(rig, id);
        Assert.Empty(InitNames.Except(names));
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(0, rig.Storage.Snapshots.SizeRw(id));
    }

    [Fact]
    public async Task Changes_AfterWork_AreDockers()
    {
        await using var rig = new StorageRig();
        var (id, _) = await CreateAsync(rig);
        var root = rig.Storage.Snapshots.Mount(id);
        File.WriteAllText(Path.Combine(root, "etc/passwd"), "changed");
        File.WriteAllText(Path.Combine(root, "new"), "12345");
        File.Delete(Path.Combine(root, "to"));
        Directory.Delete(Path.Combine(root, "empty"));
        Directory.CreateDirectory(Path.Combine(root, "empty"));
        rig.Storage.Snapshots.Unmount(id);

        Assert.Equal(
            [new("/empty", ChangeKind.Modified), new("/etc", ChangeKind.Modified), new("/etc/passwd", ChangeKind.Modified), new("/new", ChangeKind.Added), new("/to", ChangeKind.Deleted)],
            rig.Storage.Snapshots.Changes(id));
        Assert.Equal(7 + 5, rig.Storage.Snapshots.SizeRw(id));
    }

    [Fact]
    public async Task Mount_TwiceAndOpenMeanwhile_GoesWithTheLastUser()
    {
        await using var rig = new StorageRig();
        var (id, _) = await CreateAsync(rig);
        var root = rig.Storage.Snapshots.Mount(id);
        Assert.Equal(root, rig.Storage.Snapshots.Mount(id));
        using (rig.Storage.Snapshots.Open(id))
        {
            rig.Storage.Snapshots.Unmount(id);
            Assert.True(File.Exists(Path.Combine(root, ".dockerenv")));
        }

        Assert.False(File.Exists(Path.Combine(root, ".dockerenv")));
    }

    [Fact]
    public async Task Create_ImageOf120Layers_Mounts()
    {
        await using var rig = new StorageRig();
        var layers = Enumerable.Range(0, 120).Select(i => new TestTar().File($"f{i}").Build()).ToList();
        var diffIds = string.Join(',', layers.Select(layer => $"\"{Oci.Content.Digest.OfSha256(layer)}\""));
        var archive = new TestTar();
        for (var i = 0; i < layers.Count; i++)
            archive.File($"{i}.tar", System.Text.Encoding.Latin1.GetString(layers[i]));
        archive.File("c.json", $$$"""{"os":"linux","rootfs":{"type":"layers","diff_ids":[{{{diffIds}}}]}}""")
            .File("manifest.json", $$"""[{"Config":"c.json","RepoTags":["many/a:1"],"Layers":[{{string.Join(',', Enumerable.Range(0, 120).Select(i => $"\"{i}.tar\""))}}]}]""");
        await rig.LoadAsync(archive.Build());
        var id = ContainerId.Create();

        await rig.Storage.Snapshots.CreateAsync(id, rig.Storage.Images.Find("many/a:1"), TestContext.Current.CancellationToken);

        var root = rig.Storage.Snapshots.Mount(id);
        Assert.True(File.Exists(Path.Combine(root, "f0")) && File.Exists(Path.Combine(root, "f119")));
        rig.Storage.Snapshots.Unmount(id);
    }

    [Fact]
    public async Task Remove_ImageFirst_LayersStayUntilTheContainerGoes()
    {
        await using var rig = new StorageRig();
        var (id, image) = await CreateAsync(rig);
        rig.Storage.Remover.Remove(image.Id.ToString(), force: true, prune: true);
        Assert.True(File.Exists(Path.Combine(rig.Storage.Snapshots.Mount(id), "su")));

        await rig.Storage.Snapshots.RemoveAsync(id, TestContext.Current.CancellationToken);

        Assert.Empty(rig.LayerFolders());
    }

    private static async Task<(ContainerId Id, Image Image)> CreateAsync(StorageRig rig)
    {
        var image = await rig.ImportAsync(ImageImporterTests.Everything(), "test/base:1");
        var id = ContainerId.Create();
        await rig.Storage.Snapshots.CreateAsync(id, image, TestContext.Current.CancellationToken);
        return (id, image);
    }

    private static List<string> Export(StorageRig rig, ContainerId id)
    {
        var tar = new MemoryStream();
        rig.Storage.Snapshots.Export(id, tar, TestContext.Current.CancellationToken);
        tar.Position = 0;
        var reader = new TarReader(tar);
        var names = new List<string>();
        while (reader.Next() is { } entry)
            names.Add(System.Text.Encoding.UTF8.GetString(entry.Name.Span));
        return names;
    }
}
