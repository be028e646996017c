using System.Buffers;
using System.Text;
using Boreal.Daemon.Endpoints.Containers.Streams;

namespace Boreal.Tests.Unit.Endpoints;

public sealed class DetachScannerTests
{
    [Theory]
    [InlineData("", new byte[] { 16, 17 })]
    [InlineData("ctrl-a,b", new byte[] { 1, (byte)'b' })]
    [InlineData("ctrl-@,ctrl-[,ctrl-\\,ctrl-],ctrl-^,ctrl-_", new byte[] { 0, 27, 28, 29, 30, 31 })]
    public void Parse_OfKeys_GivesTheirBytes(string text, byte[] keys) => Assert.Equal(keys, DetachKeys.TryParse(text)?.ToArray());

    [Theory]
    [InlineData("foo")]
    [InlineData("ctrl-")]
    [InlineData("ctrl-1")]
    [InlineData("a,,b")]
    public void Parse_OfUnknownKey_IsNull(string text) => Assert.Null(DetachKeys.TryParse(text));

    [Theory]
    [InlineData("ab", "xaby", "x", true)]
    [InlineData("ab", "xay", "xay", false)]
    [InlineData("ab", "aab", "a", true)]
    [InlineData("aab", "aaab", "a", true)]
    [InlineData("aab", "aac", "aac", false)]
    [InlineData("abac", "ababac", "ab", true)]
    public void Scan_HoldsBackOnlyTheKeys(string keys, string typed, string expected, bool detached)
    {
        var input = new ArrayBufferWriter<byte>();
        Assert.Equal(detached, new DetachScanner(Encoding.ASCII.GetBytes(keys)).Scan(Encoding.ASCII.GetBytes(typed), input));
        Assert.Equal(expected, Encoding.ASCII.GetString(input.WrittenSpan));
    }

    [Fact]
    public void Scan_OfKeysInTwoReads_Detaches()
    {
        var scanner = new DetachScanner(DetachKeys.Default);
        var input = new ArrayBufferWriter<byte>();
        Assert.False(scanner.Scan([(byte)'x', 16], input));
        Assert.True(scanner.Scan([17], input));
        Assert.Equal("x", Encoding.ASCII.GetString(input.WrittenSpan));
    }
}
