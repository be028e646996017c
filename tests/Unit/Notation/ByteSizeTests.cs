using Boreal.Notation;

namespace Boreal.Tests.Unit.Notation;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("32", 32)]
    [InlineData("32b", 32)]
    [InlineData("32K", 32L << 10)]
    [InlineData("32kb", 32L << 10)]
    [InlineData("1.5GiB", 3L << 29)]
    [InlineData("32 mb", 32L << 20)]
    [InlineData("1tib", 1L << 40)]
    public void Parse_OfASize_IsBytes(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("", "invalid size: ''")]
    [InlineData("-1", "invalid size: '-1'")]
    [InlineData("mb", "invalid size: 'mb'")]
    [InlineData("1bb", "invalid suffix: 'bb'")]
    [InlineData("1q", "invalid suffix: 'q'")]
    [InlineData("1kib2", "invalid size: '1kib2'")]
    [InlineData("1  k", "invalid suffix: ' k'")]
    public void Parse_OfOtherText_SaysWhy(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => ByteSize.Parse(text)).Message);

    [Fact]
    public void ParseOrUnlimited_OfMinusOne_IsUnlimited() => Assert.Equal(-1, ByteSize.ParseOrUnlimited("-1"));
}
