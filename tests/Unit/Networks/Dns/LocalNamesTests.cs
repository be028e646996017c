using System.Net;
using Boreal.Engine.Networks.Dns;
using Boreal.Tests.TestKit.Dns;

namespace Boreal.Tests.Unit.Networks.Dns;

public sealed class LocalNamesTests
{
    private readonly Random _random = new(1);
    private readonly Names _names = new();
    private readonly ResolverSettings _settings = new()
    {
        Networks = [("n1", "front"), ("n2", "back.tier")],
        Links = new Dictionary<string, string> { ["db"] = "store" },
    };

    public LocalNamesTests()
    {
        Set("n1", "e1", "web-1", "10.0.0.2", "fd00::2", "web", "0123456789ab");
        Set("n1", "e2", "web-2", "10.0.0.3", null, "web");
        Set("n2", "e3", "store", "10.1.0.2", null);
        Set("n3", "e4", "hidden", "10.2.0.2", null);
    }

    [Theory]
    [InlineData("web-1", DnsQuestion.A, "10.0.0.2")]
    [InlineData("WEB-1", DnsQuestion.A, "10.0.0.2")]
    [InlineData("web-1", DnsQuestion.Aaaa, "fd00::2")]
    [InlineData("0123456789ab", DnsQuestion.A, "10.0.0.2")]
    [InlineData("web-1.front", DnsQuestion.A, "10.0.0.2")]
    [InlineData("store.back.tier", DnsQuestion.A, "10.1.0.2")]
    [InlineData("db", DnsQuestion.A, "10.1.0.2")]
    [InlineData("2.0.0.10.in-addr.arpa", DnsQuestion.Ptr, "web-1.front")]
    [InlineData("2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa", DnsQuestion.Ptr, "web-1.front")]
    public void Answer_AKnownName_GivesWhatItHas(string name, ushort type, string expected)
    {
        var reply = Ask(new DnsQuestion(name, type));
        Assert.Equal([expected], reply?.Answers);
        Assert.Equal((ushort)0x8180, reply?.Flags);
        Assert.Equal([600u], reply?.TimesToLive);
    }

    [Theory]
    [InlineData("web-2", DnsQuestion.Aaaa)]
    [InlineData("web-2", DnsQuestion.Mx)]
    [InlineData("web-2", (ushort)65)]
    public void Answer_AKnownNameWithoutSuchRecords_IsEmptyAndNoError(string name, ushort type)
    {
        var reply = Ask(new DnsQuestion(name, type));
        Assert.Equal(0, reply?.Code);
        Assert.Equal([], reply?.Answers);
    }

    [Theory]
    [InlineData("hidden", DnsQuestion.A)]
    [InlineData("web-1.back.tier", DnsQuestion.A)]
    [InlineData("2.0.2.10.in-addr.arpa", DnsQuestion.Ptr)]
    [InlineData("2.0.10.in-addr.arpa", DnsQuestion.Ptr)]
    [InlineData("1.2.2.0.0.10.in-addr.arpa", DnsQuestion.Ptr)]
    [InlineData("x.0.0.10.in-addr.arpa", DnsQuestion.Ptr)]
    [InlineData("", DnsQuestion.A)]
    public void Answer_OtherNames_AreLeft(string name, ushort type) => Assert.Null(Ask(new DnsQuestion(name, type)));

    [Fact]
    public void Answer_ANameOfSeveral_GivesAllInEveryOrder()
    {
        var first = Enumerable.Range(0, 100).Select(_ => Ask(new DnsQuestion("web"))?.Answers ?? []).ToList();
        Assert.All(first, answers => Assert.Equal(["10.0.0.2", "10.0.0.3"], answers.Order()));
        Assert.Equal(2, first.Select(answers => answers[0]).Distinct().Count());
    }

    [Fact]
    public void Names_Removed_AreLeft()
    {
        _names.Remove("n1", "e1");
        Assert.Null(Ask(new DnsQuestion("web-1")));
        Assert.Null(Ask(new DnsQuestion("2.0.0.10.in-addr.arpa", DnsQuestion.Ptr)));
        Assert.Equal(["10.0.0.3"], Ask(new DnsQuestion("web"))?.Answers);
    }

    [Fact]
    public void Names_SetAgain_ReplaceTheOldOnes()
    {
        Set("n1", "e2", "renamed", "10.0.0.3", null, "web");
        Assert.Null(Ask(new DnsQuestion("web-2")));
        Assert.Equal(["10.0.0.3"], Ask(new DnsQuestion("renamed"))?.Answers);
        Assert.Equal(2, Ask(new DnsQuestion("web"))?.Answers.Count);
    }

    [Fact]
    public void Answer_TooLongForADatagram_IsCutOffAndSaysSo()
    {
        for (var i = 0; i < 100; i++) Set("n1", $"many{i}", $"many-{i}", $"10.0.1.{i}", null, "many");
        Assert.True(Ask(new DnsQuestion("many"))?.IsCutOff);
        Assert.InRange(Ask(new DnsQuestion("many"))?.Answers.Count ?? 0, 20, 32);
        var edns = Ask(new DnsQuestion("many") { Limit = 4096 });
        Assert.False(edns?.IsCutOff);
        Assert.True(edns?.HasOptions);
        Assert.Equal(100, edns?.Answers.Count);
    }

    private void Set(string network, string endpoint, string name, string v4, string? v6, params string[] aliases) =>
        _names.Set(network, endpoint, new EndpointNames([name, .. aliases], IPAddress.Parse(v4), v6 is null ? null : IPAddress.Parse(v6)));

    private DnsReply? Ask(DnsQuestion question)
    {
        Assert.Equal(ResponseCode.Success, Query.Parse(question.Bytes(), out var query));
        var buffer = new byte[4096];
        var length = new LocalNames(_names, _random).TryAnswer(query, _settings, buffer, query.AnswerLimit);
        return length == 0 ? null : DnsReply.Parse(buffer.AsSpan(0, length));
    }
}
