using Boreal.Engine.Volumes;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Tests.Linux.Images;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.Linux.Volumes;

public sealed class VolumeFillingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new("/var/tmp");

    private string Source => Path.Combine(_directory.Path, "source");

    private string Target => Path.Combine(_directory.Path, "target");

    public VolumeFillingTests()
    {
        Requirements.Root();
        Directory.CreateDirectory(Source);
        Directory.CreateDirectory(Target);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Fill_OfAnEmptyVolume_CopiesEverythingAsItIs()
    {
        await Command.Shell(
            $"cd {Source} && mkdir -p sub/deep && echo one > one && echo two > sub/two && ln sub/two sub/deep/three && ln -s /etc/passwd link && mkfifo fifo && mknod device c 1 3 "
            + "&& chown 1000:1001 one . && chmod 4750 one && chmod 1777 . && touch -d 2020-01-02 one sub").OutputAsync();
        SetAttribute("one", "user.note", "kept");
        Fill();
        Assert.Equal(TreeListing.Of(Source), TreeListing.Of(Target));
        Assert.Equal("kept", GetAttribute("one", "user.note"));
        Assert.Equal(await Status(Source), await Status(Target));
    }

    [Fact]
    public void Fill_OfAVolumeWithContent_ChangesNothing()
    {
        File.WriteAllText(Path.Combine(Source, "new"), "");
        File.WriteAllText(Path.Combine(Target, "old"), "");
        Fill();
        Assert.Equal(["old"], Names());
    }

    [Fact]
    public async Task Fill_FromAnEmptyFolder_TakesOwnerAndMode()
    {
        await Command.Shell($"chown 7:8 {Source} && chmod 750 {Source}").OutputAsync();
        Fill();
        Assert.Empty(Names());
        Assert.Equal("7:8 750", await Status(Target));
    }

    [Fact]
    public void Settle_AfterADeathWhileCopying_LeavesTheVolumeEmpty()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Target, ".boreal-copying")).FullName, "half"), "");
        Settle();
        Assert.Empty(Names());
        File.WriteAllText(Path.Combine(Source, "whole"), "");
        Fill();
        Assert.Equal(["whole"], Names());
    }

    [Fact]
    public async Task Settle_AfterADeathWhileMoving_EndsTheMove()
    {
        await Command.Shell($"cd {Target} && echo moved > first && mkdir -p .boreal-copied/second && echo x > .boreal-copied/second/x && chmod 1770 .boreal-copied && chown 5:6 .boreal-copied").OutputAsync();
        Settle();
        Assert.Equal(["first", "second"], Names());
        Assert.True(File.Exists(Path.Combine(Target, "second", "x")));
        Assert.Equal("5:6 1770", await Status(Target));
    }

    [Fact]
    public void Settle_WhereAContainerHasMadeTheSameName_KeepsTheContainersOwn()
    {
        File.WriteAllText(Path.Combine(Target, "file"), "its own");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Target, ".boreal-copied")).FullName, "file"), "the image's");
        Settle();
        Assert.Equal("its own", File.ReadAllText(Path.Combine(Target, "file")));
        Assert.Equal(["file"], Names());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true, "file")]
    [InlineData(false, ".boreal-copying")]
    [InlineData(false, "file", ".boreal-copied")]
    public void HasContent_WhileACopyIsOnItsWay_IsFalse(bool has, params string[] folders)
    {
        foreach (var folder in folders)
            Directory.CreateDirectory(Path.Combine(Target, folder));
        Assert.Equal(has, VolumeFilling.HasContent(Target));
    }

    [Fact]
    public void Settle_OfALinkWithTheHiddenName_FollowsItNowhere()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_directory.Path, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "file"), "");
        File.CreateSymbolicLink(Path.Combine(Target, ".boreal-copied"), outside);
        Settle();
        Assert.True(File.Exists(Path.Combine(outside, "file")));
    }

    private void Fill()
    {
        using var source = FileDescriptor.Open(Source, OpenAt.DirectoryOnly);
        using var target = FileDescriptor.Open(Target, OpenAt.DirectoryOnly);
        VolumeFilling.Fill(source, target, TestContext.Current.CancellationToken);
    }

    private void Settle()
    {
        using var target = FileDescriptor.Open(Target, OpenAt.DirectoryOnly);
        VolumeFilling.Settle(target);
    }

    private string[] Names() => [.. Directory.GetFileSystemEntries(Target).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private void SetAttribute(string name, string attribute, string value)
    {
        using var folder = FileDescriptor.Open(Source, OpenAt.DirectoryOnly);
        Assert.Equal(0, ExtendedAttributes.TrySet(folder, name, attribute, System.Text.Encoding.UTF8.GetBytes(value)));
    }

    private string? GetAttribute(string name, string attribute)
    {
        using var folder = FileDescriptor.Open(Target, OpenAt.DirectoryOnly);
        return ExtendedAttributes.Get(folder, name, attribute) is { } value ? System.Text.Encoding.UTF8.GetString(value) : null;
    }

    private static Task<string> Status(string path) => Command.Of("stat", "-c", "%u:%g %a", path).OutputAsync();
}
