using Boreal.Daemon.Endpoints.Containers;
using Boreal.Engine.Errors;

namespace Boreal.Tests.Unit.Endpoints;

public sealed class TimeReferenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("10m", "2026-01-02T02:54:05Z")]
    [InlineData("1h30m", "2026-01-02T01:34:05Z")]
    [InlineData("1.5s", "2026-01-02T03:04:03.5Z")]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00.123456789+01:00", "2025-12-31T23:00:00.1234567Z")]
    [InlineData("1767225600", "2026-01-01T00:00:00Z")]
    [InlineData("1767225600.5", "2026-01-01T00:00:00.5Z")]
    public void Parse_OfDurationOrTime_GivesThePoint(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), TimeReference.Parse(text, Now));

    [Fact]
    public void Parse_OfNonsense_SaysWhatDockerSays() =>
        Assert.Equal("failed to parse value as time or duration: \"x\"", Assert.Throws<EngineException>(() => TimeReference.Parse("x", Now)).Message);

    [Fact]
    public void ParseUnix_OfNothingOrZero_IsNull()
    {
        Assert.Null(TimeReference.ParseUnix(""));
        Assert.Null(TimeReference.ParseUnix("0"));
    }

    [Fact]
    public void Format_OfTimes_DropsZerosOrKeepsNineDigits()
    {
        Assert.Equal("2026-01-02T03:04:05Z", GoTime.Format(Now));
        Assert.Equal("2026-01-02T03:04:05.5Z", GoTime.Format(Now.AddMilliseconds(500)));
        Assert.Equal("0001-01-01T00:00:00Z", GoTime.Format(null));
        Assert.Equal("2026-01-01T00:00:00.000000007Z", GoTime.FormatFixed(1767225600_000000007));
    }
}
