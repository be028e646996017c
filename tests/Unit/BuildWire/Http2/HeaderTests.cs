using System.Text;
using Boreal.BuildWire.Http2;

namespace Boreal.Tests.Unit.BuildWire.Http2;

public sealed class HeaderTests
{
    // RFC 7541, appendix C.
    [Theory]
    [InlineData("f1e3c2e5f23a6ba0ab90f4ff", "www.example.com")]
    [InlineData("a8eb10649cbf", "no-cache")]
    [InlineData("6402", "302")]
    [InlineData("d07abe941054d444a8200595040b8166e082a62d1bff", "Mon, 21 Oct 2013 20:13:21 GMT")]
    [InlineData("", "")]
    public void Decode_OfCompressedText_IsTheText(string compressed, string text) =>
        Assert.Equal(text, HuffmanText.Decode(Convert.FromHexString(compressed)));

    [Theory]
    [InlineData("f1e3c2e5f23a6ba0ab90f4fe")]
    [InlineData("ffffffff")]
    [InlineData("6402ff")]
    public void Decode_OfBrokenText_Fails(string compressed) =>
        Assert.Equal(Http2Error.Compression, Assert.Throws<Http2Exception>(() => HuffmanText.Decode(Convert.FromHexString(compressed))).Error);

    [Fact]
    public void Decode_OfABlock_GivesItsFields()
    {
        var block = Convert.FromHexString("20" + "828684418cf1e3c2e5f23a6ba0ab90f4ff");

        Assert.Equal([new(":method", "GET"), new(":scheme", "http"), new(":path", "/"), new(":authority", "www.example.com")], HeaderDecoder.Decode(block));
    }

    [Theory]
    [InlineData("be")]          // a remembered header, though nothing is remembered
    [InlineData("80")]          // number 0
    [InlineData("3fe11f")]      // a table that was not offered
    [InlineData("00")]          // no name
    [InlineData("000461")]      // a name cut short
    [InlineData("ffffffffffff")]
    [InlineData("7f")]
    public void Decode_OfABrokenBlock_Fails(string block) =>
        Assert.Equal(Http2Error.Compression, Assert.Throws<Http2Exception>(() => HeaderDecoder.Decode(Convert.FromHexString(block))).Error);

    [Fact]
    public void Decode_OfRandomBlocks_FailsInNoOtherWay()
    {
        var random = new Random(7);
        var block = new byte[64];
        for (var round = 0; round < 100_000; round++)
        {
            random.NextBytes(block);
            try
            {
                HeaderDecoder.Decode(block.AsSpan(0, random.Next(block.Length)));
            }
            catch (Http2Exception e)
            {
                Assert.Equal(Http2Error.Compression, e.Error);
            }
        }
    }

    [Fact]
    public void Encode_OfSeveralValues_KeepsThemApart()
    {
        HeaderField[] fields = [new("exclude-patterns", "a, b"), new("exclude-patterns", "c"), new("long", new string('x', 70_000)), new("empty", "")];

        Assert.Equal(fields, HeaderDecoder.Decode(HeaderEncoder.Encode(fields).Span));
    }

    [Fact]
    public void Encode_OfText_IsPlain() =>
        Assert.Equal("\0\u0001a\u0001b", Encoding.ASCII.GetString(HeaderEncoder.Encode([new HeaderField("a", "b")]).Span));
}
