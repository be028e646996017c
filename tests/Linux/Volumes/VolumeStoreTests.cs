using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Volumes;
using Boreal.Linux.Syscalls;

namespace Boreal.Tests.Linux.Volumes;

public sealed class VolumeStoreTests : IDisposable
{
    private readonly VolumeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Create_OfAnExistingName_GivesThatVolume()
    {
        var first = _rig.Create("data");
        Assert.Same(first, _rig.Store.Create(new VolumeRequest { Name = "data", Labels = new Dictionary<string, string> { ["a"] = "b" } }));
        Assert.Null(first.Spec.Labels);
        Assert.True(Directory.Exists(first.Mountpoint));
    }

    [Fact]
    public void Create_WithoutName_IsAnonymous()
    {
        var volume = _rig.Store.Create(new VolumeRequest());
        Assert.True(ContainerId.IsValid(volume.Name));
        Assert.True(volume.Spec.IsAnonymous);
    }

    [Fact]
    public void Remove_OfAVolumeInUse_IsRefusedWithItsUsers()
    {
        var id = ContainerId.Create();
        _rig.CreateFor(id, "data");
        var error = Assert.Throws<EngineException>(() => _rig.Store.Remove("data"));
        Assert.Equal((ErrorKind.Conflict, $"remove data: volume is in use - [{id}]"), (error.Kind, error.Message));
        _rig.Store.Release(id, ["data"]);
        _rig.Store.Remove("data");
        Assert.False(Directory.Exists(_rig.Folder("data")));
        Assert.Equal("get data: no such volume", Assert.Throws<EngineException>(() => _rig.Store.Remove("data")).Message);
    }

    [Fact]
    public void Volumes_AfterARestart_AreAsBefore()
    {
        File.WriteAllText(Path.Combine(_rig.Create("data").Mountpoint, "file"), "kept");
        _rig.Create("mounted", ("type", "tmpfs"), ("device", "tmpfs"));
        _rig.Reopen();
        Assert.Equal(["data", "mounted"], _rig.Store.List().Select(volume => volume.Name));
        Assert.Equal("kept", File.ReadAllText(Path.Combine(_rig.Store.Find("data").Mountpoint, "file")));
        Assert.Equal("tmpfs", _rig.Store.Find("mounted").Spec.Options?["type"]);
    }

    [Fact]
    public void Removal_CutShortAfterItsDecision_IsEndedAtTheNextStart()
    {
        File.WriteAllText(Path.Combine(_rig.Create("data").Mountpoint, "file"), "");
        var grave = Directory.CreateDirectory(Path.Combine(_rig.Paths.Volumes, ".removed", "0123")).FullName;
        Directory.Move(_rig.Folder("data"), Path.Combine(grave, "data"));
        _rig.Reopen();
        Assert.Null(_rig.Store.TryFind("data"));
        Assert.False(Directory.Exists(grave));
    }

    [Fact]
    public void Remove_OfAVolumeWithAMountInside_IsRefusedAndTouchesNothing()
    {
        var inside = Directory.CreateDirectory(Path.Combine(_rig.Create("data").Mountpoint, "inside")).FullName;
        Mount.Attach("tmpfs", inside, "tmpfs", MountFlags.None);
        try
        {
            File.WriteAllText(Path.Combine(inside, "foreign"), "");
            Assert.Equal($"remove data: {inside} is a mount point, unmount it first", Assert.Throws<EngineException>(() => _rig.Store.Remove("data")).Message);
            Assert.True(File.Exists(Path.Combine(inside, "foreign")));
            _rig.Reopen();
            Assert.NotNull(_rig.Store.TryFind("data"));
        }
        finally
        {
            Mount.Detach(inside);
        }
    }

    [Fact]
    public void Folder_WithContentAndNoRecord_BecomesAVolumeAgain()
    {
        var data = Directory.CreateDirectory(Path.Combine(_rig.Folder("lost"), "_data")).FullName;
        File.WriteAllText(Path.Combine(data, "file"), "precious");
        Directory.CreateDirectory(Path.Combine(_rig.Folder("half-made"), "_data"));
        _rig.Reopen();
        Assert.Equal(["lost"], _rig.Store.List().Select(volume => volume.Name));
        Assert.True(File.Exists(Path.Combine(data, "file")));
        Assert.False(Directory.Exists(_rig.Folder("half-made")));
    }

    [Fact]
    public void Volume_MadeForAContainerThatNeverCameToBe_GoesAtTheNextStart()
    {
        var (known, unknown) = (ContainerId.Create(), ContainerId.Create());
        File.WriteAllText(Path.Combine(_rig.CreateFor(unknown, "orphan").Mountpoint, "file"), "copied up");
        _rig.CreateFor(known, "kept");
        _rig.Reopen();
        _rig.Store.Use(known, ["kept"]);
        _rig.Store.RemoveUnclaimed();
        Assert.Equal(["kept"], _rig.Store.List().Select(volume => volume.Name));
        Assert.Null(_rig.Store.Find("kept").Spec.MadeFor);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_rig.Paths.Volumes, ".removed")));
    }

    [Theory]
    [InlineData("a", null, "create a: volume name is too short, names should be at least two alphanumeric characters")]
    [InlineData("../up", null, "create ../up: \"../up\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path")]
    [InlineData(".removed", null, "create .removed: \".removed\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path")]
    [InlineData("data", "what", "create data: invalid option: \"what\"")]
    [InlineData("data", "o", "create data: missing required option: \"device\"")]
    [InlineData("data", "device", "create data: missing required option: \"type\"")]
    public void Create_OfNonsense_SaysWhatDockerSaysAndLeavesNothing(string name, string? option, string message)
    {
        var error = Assert.Throws<EngineException>(() => _rig.Create(name, option is null ? [] : [(option, "x")]));
        Assert.Equal((ErrorKind.Invalid, message), (error.Kind, error.Message));
        Assert.Equal([Path.Combine(_rig.Paths.Volumes, ".removed")], Directory.GetDirectories(_rig.Paths.Volumes));
    }
}
