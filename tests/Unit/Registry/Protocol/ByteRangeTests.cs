using Boreal.Registry.Http;

namespace Boreal.Tests.Unit.Registry.Protocol;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("BYTES=0-9", 0, 10)]
    [InlineData("bytes=90-", 90, 10)]
    [InlineData("bytes=-1", 99, 1)]
    [InlineData("bytes=0-9223372036854775807", 0, 100)]
    [InlineData("bytes=-9223372036854775807", 0, 100)]
    public void Range_Within_IsThatPart(string header, long start, long length)
    {
        Assert.True(ByteRange.TryParse(header, 100, out var range));
        Assert.Equal(new ByteRange(start, length), range);
    }

    [Theory]
    [InlineData("bytes=100-")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=9-1")]
    public void Range_Outside_IsAskedForButNotThere(string header)
    {
        Assert.True(ByteRange.TryParse(header, 100, out var range));
        Assert.Null(range);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=--1")]
    [InlineData("bytes=1-2-3")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=99999999999999999999-")]
    public void Range_ThatIsNone_IsNotAskedFor(string? header) => Assert.False(ByteRange.TryParse(header, 100, out _));

    [Fact]
    public void Range_OfNothing_IsNeverThere()
    {
        Assert.True(ByteRange.TryParse("bytes=0-", 0, out var range));
        Assert.Null(range);
    }
}
