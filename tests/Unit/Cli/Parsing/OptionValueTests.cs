using Boreal.Cli.Parsing;
using Boreal.Notation;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Cli.Parsing;

public sealed class OptionValueTests
{
    [Theory]
    [InlineData("512", 512)]
    [InlineData("1k", 1024)]
    [InlineData("100m", 104857600)]
    [InlineData("1.5GiB", 1610612736)]
    [InlineData("2 MB", 2097152)]
    public void ByteSizes_OfASize_ArePowersOf1024(string text, long expected) => Assert.Equal(expected, ByteSize.Parse(text));

    [Theory]
    [InlineData("1h30m", 5_400_000_000_000)]
    [InlineData("1.5s", 1_500_000_000)]
    [InlineData("-300ms", -300_000_000)]
    [InlineData("0", 0)]
    public void Durations_OfGosForm_AreNanoseconds(string text, long expected) => Assert.Equal(expected, GoDuration.Parse(text));

    [Theory]
    [InlineData("5", "time: missing unit in duration \"5\"")]
    [InlineData("x", "time: invalid duration \"x\"")]
    public void Durations_OfOtherText_SayWhy(string text, string expected) => Assert.Equal(expected, Assert.Throws<FormatException>(() => GoDuration.Parse(text)).Message);

    [Theory]
    [InlineData("10m", "1767225000.000000000")]
    [InlineData("2026-01-01T00:00:00Z", "1767225600.000000000")]
    [InlineData("2026-01-01", "1767225600.000000000")]
    [InlineData("1767225600.5", "1767225600.5")]
    public void Timestamps_OfEachForm_AreSecondsSinceTheEpoch(string text, string expected) =>
        Assert.Equal(expected, Timestamps.Parse(text, new FixedClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))));

    [Fact]
    public void Mounts_OfABind_HaveItsOptions()
    {
        var mount = MountSpecs.Parse("type=bind,src=/a,\"target=/b,c\",readonly,bind-propagation=rshared");
        Assert.Equal(("bind", "/a", "/b,c", true, "rshared"), (mount.Type, mount.Source, mount.Target, mount.ReadOnly, mount.BindOptions?.Propagation));
    }

    [Theory]
    [InlineData("type=bind", "target is required")]
    [InlineData("foo", "invalid field 'foo' must be a key=value pair")]
    [InlineData("type=bind,foo=x", "unexpected key 'foo' in 'foo=x'")]
    [InlineData("type=bind,target=/x,tmpfs-size=1m", "cannot mix 'tmpfs-*' options with mount type 'bind'")]
    public void Mounts_OfAWrongSpec_SayWhy(string text, string expected) => Assert.Equal(expected, Assert.Throws<FormatException>(() => MountSpecs.Parse(text)).Message);

    [Fact]
    public void Ulimits_WithOneValue_AreSoftAndHard() => Assert.Equal((1024, 1024), (Ulimits.Parse("nofile=1024").Soft, Ulimits.Parse("nofile=1024").Hard));

    [Fact]
    public void Ulimits_WithSoftAboveHard_AreRefused() =>
        Assert.Equal("ulimit soft limit must be less than or equal to hard limit: 5 > 3", Assert.Throws<FormatException>(() => Ulimits.Parse("nofile=5:3")).Message);

    [Theory]
    [InlineData("/dev/null", "/dev/null:/dev/null:rwm")]
    [InlineData("/dev/null:r", "/dev/null:/dev/null:r")]
    [InlineData("/dev/null:/dev/x:rw", "/dev/null:/dev/x:rw")]
    public void Devices_OfEachForm_AreMapped(string text, string expected)
    {
        var device = Devices.Mapping(text);
        Assert.Equal(expected, $"{device.PathOnHost}:{device.PathInContainer}:{device.CgroupPermissions}");
    }

    [Fact]
    public void EnvironmentFiles_SkipCommentsAndUnsetNames()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("env");
        File.WriteAllText(file, "# comment\n\nA=1\n  B=two words\nSURELY_NOT_SET_ANYWHERE\n");
        Assert.Equal(["A=1", "B=two words", "C=3"], KeyValueFiles.Environment([file], ["C=3"]));
    }

    [Theory]
    [InlineData("busybox", "busybox:latest")]
    [InlineData("host:5000/busybox", "host:5000/busybox:latest")]
    [InlineData("busybox:1", "busybox:1")]
    [InlineData("busybox@sha256:00", "busybox@sha256:00")]
    public void ImageNames_WithoutATag_AreLatest(string name, string expected) => Assert.Equal(expected, ImageNames.WithTag(name));
}
