using Boreal.Linux.Processes;

namespace Boreal.Tests.Unit.Processes;

public sealed class SignalsTests
{
    [Theory]
    [InlineData("9", 9)]
    [InlineData("KILL", 9)]
    [InlineData("sigkill", 9)]
    [InlineData("SIGHUP", 1)]
    [InlineData("RTMIN", 34)]
    [InlineData("SIGRTMIN+3", 37)]
    [InlineData("RTMAX-1", 63)]
    [InlineData("64", 64)]
    [InlineData("0", null)]
    [InlineData("65", null)]
    [InlineData("-9", null)]
    [InlineData("SIG", null)]
    [InlineData("RTMIN+31", null)]
    [InlineData("NOSUCH", null)]
    public void Parse_OfText_GivesNumber(string text, int? expected) => Assert.Equal(expected, Signals.Parse(text));

    [Fact]
    public void Name_OfEverySignal_ParsesBack()
    {
        foreach (var signal in Enumerable.Range(1, 64)) Assert.Equal(signal, Signals.Parse(Signals.Name(signal)));
    }

    [Fact]
    public void StatField_BehindStrangeCommand_IsFound()
    {
        var stat = "42 (a) b (c)) S 1 2 3 0 -1 4 5 6 7 8 9 10 11 12 13 14 15 0 777 5 6"u8;

        Assert.Equal(777, ProcessStartTime.Field(stat, 22));
        Assert.Equal(3, ProcessStartTime.Field(stat, 6));
        Assert.Null(ProcessStartTime.Field("42 (x) S 1"u8, 22));
    }
}
