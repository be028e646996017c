using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Tests.Unit.ShimWire;

public sealed class MessageTests
{
    private static readonly LaunchMessage Launch = new()
    {
        ContainerId = "abc",
        BundleDirectory = "/b",
        ExitRecordPath = "/e",
        RuntimePath = "/r",
        RuntimeRoot = "/root",
        RuntimeArguments = ["--x", "y"],
        CgroupPath = "/c",
        Tty = true,
        OpenStdin = false,
        StdinOnce = true,
        Rows = 24,
        Columns = 80,
        Log = new LogMessage { Format = LogFormat.Local, Path = "/l", MaxBytes = 1L << 40, MaxFiles = 3, Compress = false, RingBytes = 5, Attributes = [new("k", "v")] },
    };

    [Fact]
    public void LaunchMessage_Written_ReadsBackTheSame()
    {
        var read = LaunchMessage.Parse(Launch.ToBytes().Span);

        Assert.Equal(Launch with { RuntimeArguments = read.RuntimeArguments, Log = read.Log }, read);
        Assert.Equal(Launch.RuntimeArguments, read.RuntimeArguments);
        Assert.Equal(Launch.Log with { Attributes = read.Log.Attributes }, read.Log);
        Assert.Equal(Launch.Log.Attributes, read.Log.Attributes);
    }

    [Fact]
    public void LaunchMessage_CutAnywhere_IsRefused()
    {
        var bytes = Launch.ToBytes();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => LaunchMessage.Parse(bytes.Span[..length]));
    }

    [Theory]
    [InlineData("0 1763851234000000010 0\n", true)]
    [InlineData("137 1763851234000000010 1\n", true)]
    [InlineData("137 17638512340", false)]
    [InlineData("", false)]
    [InlineData("137 1 2\n", false)]
    public void ExitRecord_WhenTornOrForeign_IsRefused(string text, bool readable)
    {
        Assert.Equal(readable, ExitRecordFile.TryParse(text, out var code, out var time, out var outOfMemory));
        if (readable) Assert.Equal(text, ExitRecordFile.Format(code, time, outOfMemory));
    }

    [Fact]
    public void WireNumbers_StayWhatTheyAre()
    {
        // A running shim keeps its version when the engine is upgraded.
        Assert.Equal([1, 2, 3, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25, 26, 27], Enum.GetValues<FrameType>().Select(value => (int)value));
        Assert.Equal([0, 1, 2, 3], Enum.GetValues<ShimPhase>().Select(value => (int)value));
        Assert.Equal([0, 1, 2], Enum.GetValues<LogFormat>().Select(value => (int)value));
    }
}
