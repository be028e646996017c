using System.Text;
using Boreal.Cli.Attaching;

namespace Boreal.Tests.Unit.Cli.Attaching;

public sealed class DetachKeysTests
{
    [Fact]
    public void Filter_OfTheWholeSequence_DetachesAndForwardsWhatCameBefore()
    {
        var (forward, detached) = new DetachKeys("").Filter([(byte)'a', 0x10, 0x11, (byte)'b']);
        Assert.True(detached);
        Assert.Equal("a", Encoding.ASCII.GetString(forward));
    }

    [Fact]
    public void Filter_OfASequenceInTwoReads_Detaches()
    {
        var keys = new DetachKeys("ctrl-a,x");
        Assert.Empty(keys.Filter([1]).Forward);
        Assert.True(keys.Filter("x"u8).Detached);
    }

    [Fact]
    public void Filter_OfABrokenOffSequence_PassesItOn()
    {
        var keys = new DetachKeys("");
        Assert.Empty(keys.Filter([0x10]).Forward);
        Assert.Equal([0x10, (byte)'z'], keys.Filter("z"u8).Forward);
        Assert.Empty(keys.Filter([0x10]).Forward);
        var (forward, detached) = keys.Filter([0x10, 0x11]);
        Assert.True(detached);
        Assert.Equal([0x10], forward);
    }

    [Fact]
    public void Parse_OfAnUnknownKey_Fails() => Assert.Throws<FormatException>(() => DetachKeys.Parse("ctrl-é"));
}
