using System.Net;
using Boreal.Engine.Networks.Dns;
using Boreal.Tests.TestKit.Dns;

namespace Boreal.Tests.Unit.Networks.Dns;

public sealed class CachedAnswerTests
{
    private static readonly byte[] Question = new DnsQuestion("example.org").Bytes();
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void At_Later_GivesTheTimeThatIsLeft()
    {
        var kept = Create(DnsRecords.Addresses(Question, 60, IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2")));
        Assert.Equal(Now.AddSeconds(60), kept?.ExpiresAt);
        Assert.Equal([50u, 50u], DnsReply.Parse(kept?.At(Now.AddSeconds(10)) ?? []).TimesToLive);
    }

    [Fact]
    public void Create_WhatMustNotBeKept_GivesNothing()
    {
        Assert.Null(Create(DnsRecords.Addresses(Question, 0, IPAddress.Loopback)));
        Assert.Null(Create(DnsRecords.Empty(Question, 0x8182)));
        Assert.Null(Create(DnsRecords.Empty(Question, 0x8183)));
        Assert.Null(Create(DnsRecords.Empty(Question, 0x8380)));
    }

    [Fact]
    public void Create_CutAnywhere_GivesNothing()
    {
        var answer = DnsRecords.Addresses(Question, 60, IPAddress.Loopback);
        for (var length = Question.Length; length < answer.Length; length++) Assert.Null(Create(answer[..length]));
    }

    private static CachedAnswer? Create(byte[] message) => CachedAnswer.Create(message, Question.Length - Query.HeaderLength, Now);
}
