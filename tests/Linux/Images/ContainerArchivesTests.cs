using System.Text;
using Boreal.Engine.Archives;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Oci.Tar;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Linux.Images;

public sealed class ContainerArchivesTests
{
    [Theory]
    [InlineData("/etc", "etc", 0x800001EDu, "")]
    [InlineData("/etc/.", ".", 0x800001EDu, "")]
    [InlineData("/", "/", 0x800001EDu, "")]
    [InlineData("su", "su", 0x8001EDu, "")]
    [InlineData("/dev/null", "null", 0x042001B6u, "")]
    [InlineData("/pipe", "pipe", 0x020001A4u, "")]
    [InlineData("/to", "to", 0x080001FFu, "/etc/passwd")]
    public async Task Stat_Path_IsDockers(string path, string name, uint mode, string target)
    {
        await using var rig = new StorageRig();
        var container = await ContainerIn(rig);
        var stat = rig.Archives.Stat(container, "c", path);
        Assert.Equal((name, mode, target), (stat.Name, stat.Mode, stat.LinkTarget));
    }

    [Fact]
    public async Task Stat_Missing_IsNotFoundInDockersWords()
    {
        await using var rig = new StorageRig();
        var container = await ContainerIn(rig);
        var failure = Assert.Throws<EngineException>(() => rig.Archives.Stat(container, "c", "/nope/x"));
        Assert.Equal((ErrorKind.NotFound, "Could not find the file /nope/x in container c"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("/etc", "etc/", "etc/passwd")]
    [InlineData("/etc/.", "./", "./passwd")]
    [InlineData("/etc/passwd", "passwd", null)]
    [InlineData("/to", "to", null)]
    public async Task Download_Path_NamesEntriesAsDocker(string path, string first, string? among)
    {
        await using var rig = new StorageRig();
        var container = await ContainerIn(rig);
        var tar = new MemoryStream();
        rig.Archives.Download(container, "c", path, _ => tar, TestContext.Current.CancellationToken);
        var names = Names(tar);
        Assert.Equal(first, names[0]);
        Assert.True(among is null || names.Contains(among), string.Join(' ', names));
    }

    [Fact]
    public async Task Upload_ThroughLinksThatPointOutside_TouchesNothingOutside()
    {
        using var outside = new TemporaryDirectory();
        await using var rig = new StorageRig();
        var container = await ContainerIn(rig);
        var folder = outside.Path.TrimStart('/');
        await UploadAsync(rig, container, "/", new TestTar().Folder(folder).Symlink("out", outside.Path).Build());
        await UploadAsync(rig, container, "/out", new TestTar().File("evil").Build());
        await UploadAsync(rig, container, "/", new TestTar().File("out/worse").HardLink("out/link", "etc/passwd").Build());
        await Assert.ThrowsAsync<EngineException>(() => UploadAsync(rig, container, "/etc", new TestTar().File("../../evil").Build()));

        Assert.Empty(Directory.GetFileSystemEntries(outside.Path));
        using var view = rig.Storage.Snapshots.Open(container.Id);
        Assert.Equal(["evil", "link", "worse"], Directory.GetFiles(Path.Combine(view.Path, folder)).Select(file => Path.GetFileName(file) ?? "").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Upload_IntoBind_LandsInItsSourceAndNoMountStays()
    {
        using var source = new TemporaryDirectory();
        await using var rig = new StorageRig();
        var container = await ContainerIn(rig, [new MountPoint { Type = "bind", Source = source.Path, Destination = "/vol" }]);

        await UploadAsync(rig, container, "/vol", new TestTar().File("a", "in the bind").Build());
        var tar = new MemoryStream();
        rig.Archives.Download(container, "c", "/vol", _ => tar, TestContext.Current.CancellationToken);

        Assert.Equal("in the bind", File.ReadAllText(source.File("a")));
        Assert.Equal(["vol/", "vol/a"], Names(tar));
        Assert.DoesNotContain(rig.Paths.DataRoot, File.ReadAllText("/proc/self/mountinfo"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ReadOnlyPlaces_AreForbidden()
    {
        using var source = new TemporaryDirectory();
        await using var rig = new StorageRig();
        var container = await ContainerIn(rig, [new MountPoint { Type = "bind", Source = source.Path, Destination = "/vol", Writable = false }], readOnly: true);
        var tar = new TestTar().File("a").Build();

        var volume = await Assert.ThrowsAsync<EngineException>(() => UploadAsync(rig, container, "/vol", tar));
        var root = await Assert.ThrowsAsync<EngineException>(() => UploadAsync(rig, container, "/etc", tar));

        Assert.Equal((ErrorKind.Forbidden, "mounted volume is marked read-only"), (volume.Kind, volume.Message));
        Assert.Equal((ErrorKind.Forbidden, "container rootfs is marked read-only"), (root.Kind, root.Message));
    }

    [Fact]
    public async Task Upload_FileOverDirectory_IsRefusedOnlyWhenAsked()
    {
        await using var rig = new StorageRig();
        var container = await ContainerIn(rig);
        var tar = new TestTar().File("etc").Build();
        var upload = new ArchiveUpload { Path = "/", NoOverwriteDirNonDir = true };
        var failure = await Assert.ThrowsAsync<EngineException>(() =>
            rig.Archives.UploadAsync(container, "c", upload, new MemoryStream(tar), TestContext.Current.CancellationToken));
        Assert.Equal("cannot overwrite directory \"/etc\" with non-directory \"/\"", failure.Message);

        await UploadAsync(rig, container, "/", tar);
        using var view = rig.Storage.Snapshots.Open(container.Id);
        Assert.True(File.Exists(Path.Combine(view.Path, "etc")));
    }

    private static Task UploadAsync(StorageRig rig, ContainerSpec container, string path, byte[] tar) =>
        rig.Archives.UploadAsync(container, "c", new ArchiveUpload { Path = path }, new MemoryStream(tar), TestContext.Current.CancellationToken);

    private static List<string> Names(MemoryStream tar)
    {
        tar.Position = 0;
        var reader = new TarReader(tar);
        var names = new List<string>();
        while (reader.Next() is { } entry)
            names.Add(Encoding.UTF8.GetString(entry.Name.Span));
        return names;
    }

    private static async Task<ContainerSpec> ContainerIn(StorageRig rig, IReadOnlyList<MountPoint>? mounts = null, bool readOnly = false)
    {
        var image = await rig.ImportAsync(ImageImporterTests.Everything());
        var container = TestContainer.Of(image, new StorageSpec { MountPoints = mounts ?? [], ReadonlyRootfs = readOnly });
        await rig.Storage.Snapshots.CreateAsync(container.Id, image, TestContext.Current.CancellationToken);
        return container;
    }
}
