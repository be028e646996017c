using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Volumes;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Linux.Volumes;

public sealed class VolumeMountsTests : IDisposable
{
    private readonly VolumeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    private string[] Mounted => [.. Mounts.Below(_rig.Paths.Volumes)];

    [Fact]
    public void Mount_BySeveral_LastsFromTheFirstToTheLast()
    {
        var volume = _rig.Create("scratch", ("type", "tmpfs"), ("device", "tmpfs"), ("o", "size=1m,mode=750"));
        var (first, second) = (ContainerId.Create(), ContainerId.Create());
        Assert.Empty(Mounted);
        VolumeMounts.Mount(volume, first);
        VolumeMounts.Mount(volume, first);
        VolumeMounts.Mount(volume, second);
        Assert.Equal([volume.Mountpoint], Mounted);
        File.WriteAllText(Path.Combine(volume.Mountpoint, "file"), "");
        VolumeMounts.Unmount(volume, first);
        VolumeMounts.Unmount(volume, first);
        Assert.True(File.Exists(Path.Combine(volume.Mountpoint, "file")));
        using (VolumeMounts.Open(volume))
        {
            VolumeMounts.Unmount(volume, second);
            Assert.Equal([volume.Mountpoint], Mounted);
        }

        Assert.Empty(Mounted);
    }

    [Fact]
    public void Bind_ReadOnly_IsReadOnly()
    {
        using var device = new TemporaryDirectory();
        File.WriteAllText(device.File("there"), "");
        var volume = _rig.Create("elsewhere", ("type", "none"), ("device", device.Path), ("o", "bind,ro"));
        using (VolumeMounts.Open(volume))
        {
            Assert.True(File.Exists(Path.Combine(volume.Mountpoint, "there")));
            Assert.Throws<IOException>(() => File.WriteAllText(Path.Combine(volume.Mountpoint, "new"), ""));
        }

        Assert.False(File.Exists(Path.Combine(volume.Mountpoint, "there")));
    }

    [Fact]
    public void Mount_OfWhatIsNotThere_SaysWhatDockerSays()
    {
        var volume = _rig.Create("missing", ("type", "none"), ("device", "/nothing/here"), ("o", "bind"));
        var error = Assert.Throws<EngineException>(() => VolumeMounts.Open(volume));
        Assert.Equal(
            $"error while mounting volume '{volume.Mountpoint}': failed to mount local volume: mount /nothing/here:{volume.Mountpoint}, flags: 0x1000: no such file or directory",
            error.Message);
    }

    [Fact]
    public void TakeOver_AfterTheDaemonsDeath_KeepsWhatLivingContainersUseAndNoMore()
    {
        var container = ContainerId.Create();
        VolumeMounts.Mount(_rig.Create("used", ("type", "tmpfs"), ("device", "tmpfs")), container);
        VolumeMounts.Mount(_rig.Create("stale", ("type", "tmpfs"), ("device", "tmpfs")), container);
        _rig.Reopen();
        VolumeMounts.TakeOver(_rig.Store.Find("used"), [container]);
        VolumeMounts.TakeOver(_rig.Store.Find("stale"), []);
        Assert.Equal([_rig.Store.Find("used").Mountpoint], Mounted);
        VolumeMounts.Unmount(_rig.Store.Find("used"), container);
        Assert.Empty(Mounted);
    }

    [Fact]
    public void TakeOver_OfAFolderWithAHalfCopy_LeavesItEmpty()
    {
        var volume = _rig.Create("data");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(volume.Mountpoint, ".boreal-copying")).FullName, "half"), "");
        VolumeMounts.TakeOver(volume, []);
        Assert.Empty(Directory.GetFileSystemEntries(volume.Mountpoint));
    }

    [Fact]
    public void Subpath_ThroughALinkThatPointsOutside_StaysInTheVolume()
    {
        var volume = _rig.Create("data");
        File.CreateSymbolicLink(Path.Combine(volume.Mountpoint, "out"), "/");
        var error = Assert.Throws<EngineException>(() => new MountSource("/x", volume.Mountpoint, "out/etc/passwd").Open());
        Assert.Equal(ErrorKind.NotFound, error.Kind);
        Directory.CreateDirectory(Path.Combine(volume.Mountpoint, "etc"));
        File.WriteAllText(Path.Combine(volume.Mountpoint, "etc", "passwd"), "");
        new MountSource("/x", volume.Mountpoint, "out/etc/passwd").Open().Dispose();
    }
}
