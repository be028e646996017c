using Boreal.Engine.Networks.Dns;
using Boreal.Tests.TestKit.Dns;

namespace Boreal.Tests.Unit.Networks.Dns;

public sealed class QueryTests
{
    private static readonly byte[] Good = new DnsQuestion("web.example", DnsQuestion.Aaaa) { Limit = 1232 }.Bytes();

    [Fact]
    public void Parse_AQuestion_GivesItsParts()
    {
        Assert.Equal(ResponseCode.Success, Query.Parse(Good, out var query));
        Span<char> name = stackalloc char[Query.MaxNameLength];
        Assert.Equal("web.example", name[..query.CopyName(name)].ToString());
        Assert.Equal(RecordType.Address6, query.Type);
        Assert.Equal(1232, query.AnswerLimit);
        Assert.True(query.HasOptions);
        Assert.False(query.IsSingleLabel);
    }

    [Fact]
    public void Parse_WithoutEdns_LimitsAnswersToTheOldSize()
    {
        Query.Parse(new DnsQuestion("web").Bytes(), out var query);
        Assert.Equal(512, query.AnswerLimit);
        Assert.True(query.IsSingleLabel);
    }

    [Fact]
    public void Parse_CutAnywhere_NeverReadsBeyond()
    {
        for (var length = 0; length < Good.Length; length++)
        {
            var code = Query.Parse(Good.AsSpan(0, length), out _);
            Assert.Equal(length < Query.HeaderLength ? null : ResponseCode.FormatError, code);
        }
    }

    [Theory]
    [InlineData(2, 0x81, null)] // an answer
    [InlineData(2, 0x29, ResponseCode.NotImplemented)] // an update
    [InlineData(5, 2, ResponseCode.FormatError)] // two questions
    [InlineData(5, 0, ResponseCode.FormatError)] // none
    [InlineData(12, 0xc0, ResponseCode.FormatError)] // a name that points at itself
    [InlineData(12, 64, ResponseCode.FormatError)] // a label that is too long
    [InlineData(12, 50, ResponseCode.FormatError)] // a label beyond the end
    [InlineData(28, 3, ResponseCode.NotImplemented)] // another class
    [InlineData(11, 2, ResponseCode.FormatError)] // a record that is not there
    [InlineData(39, 9, ResponseCode.FormatError)] // option data that is not there
    public void Parse_OneByteWrong_IsRefused(int at, byte value, object? code)
    {
        var message = (byte[])Good.Clone();
        message[at] = value;
        Assert.Equal((ResponseCode?)code, Query.Parse(message, out _));
    }

    [Fact]
    public void Parse_ANameTooLong_IsRefused()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 63), 4));
        Assert.Equal(ResponseCode.FormatError, Query.Parse(new DnsQuestion(name).Bytes(), out _));
    }

    [Fact]
    public void CopyName_BytesNoNameHas_AreRefused()
    {
        Query.Parse(new DnsQuestion("we b").Bytes(), out var query);
        Assert.Equal(-1, query.CopyName(new char[Query.MaxNameLength]));
    }

    [Fact]
    public void Parse_Noise_IsAnsweredOrIgnoredButNeverThrows()
    {
        var random = new Random(7);
        var names = new LocalNames(new Names(), random);
        var settings = new ResolverSettings { Networks = [] };
        var buffer = new byte[4096];
        for (var round = 0; round < 20_000; round++)
        {
            var message = (byte[])Good.Clone();
            for (var change = 0; change < 1 + (round % 6); change++) message[random.Next(message.Length)] = (byte)random.Next(256);
            if (Query.Parse(message, out var query) is not { } code) continue;
            if (code is ResponseCode.Success) names.TryAnswer(query, settings, buffer, buffer.Length);
            var length = new Answer(query, buffer, query.AnswerLimit).Finish(code);
            Assert.Equal(message[..2], buffer[..2]);
            DnsReply.Parse(buffer.AsSpan(0, length));
        }
    }
}
