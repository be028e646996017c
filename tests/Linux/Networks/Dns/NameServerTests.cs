using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Networks.Dns;
using Boreal.Tests.TestKit.Dns;

namespace Boreal.Tests.Linux.Networks.Dns;

public sealed class NameServerTests
{
    private static readonly IPAddress World = IPAddress.Parse("192.0.2.7");

    [Fact]
    public async Task Ask_AKnownName_IsAnsweredByUdpAndTcp()
    {
        await using var lab = new NameServerLab();
        lab.Names.Set(NameServerLab.Network, "e1", new EndpointNames(["web"], IPAddress.Parse("10.0.0.2"), V6: null));
        var space = lab.Attach("a");

        Assert.Equal(["10.0.0.2"], (await lab.AskAsync(space, new DnsQuestion("web"))).Answers);
        Assert.Equal(["10.0.0.2"], (await lab.AskByTcpAsync(space, new DnsQuestion("web"))).Answers);
    }

    [Fact]
    public async Task Attach_WhereAContainerTakesPort53_LeavesItToIt()
    {
        await using var lab = new NameServerLab();
        var space = lab.Attach("a");
        using var own = NetworkLab.In(space, () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));

        own.Bind(new IPEndPoint(IPAddress.Any, 53));

        Assert.Equal(2, (await lab.AskAsync(space, new DnsQuestion("nobody"))).Code);
    }

    [Fact]
    public async Task Attach_InANewProcess_AnswersAgain()
    {
        await using var lab = new NameServerLab();
        lab.Names.Set(NameServerLab.Network, "e1", new EndpointNames(["web"], IPAddress.Parse("10.0.0.2"), V6: null));
        var space = lab.Attach("a");
        var socket = lab.OpenUdp(space);

        await lab.RestartAsync();
        lab.Server.Attach("a", space, lab.Settings);

        Assert.Equal(["10.0.0.2"], (await lab.AskAsync(space, new DnsQuestion("web"))).Answers);
        await socket.SendAsync(new DnsQuestion("web").Bytes().AsMemory(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Ask_AnUnknownName_IsPassedOnAndRememberedForItsTime()
    {
        await using var lab = new NameServerLab();
        var asked = 0;
        var upstream = lab.AddUpstream("127.0.0.1", query =>
        {
            Interlocked.Increment(ref asked);
            return DnsRecords.Addresses(query, 60, World);
        });
        var space = lab.Attach("a", lab.Settings with { Upstreams = [upstream] });

        for (ushort id = 1; id <= 3; id++)
        {
            var reply = await lab.AskAsync(space, new DnsQuestion("Example.org") { Id = id });
            Assert.Equal(["192.0.2.7"], reply.Answers);
            Assert.Equal(id, reply.Id);
        }

        Assert.Equal(["192.0.2.7"], (await lab.AskByTcpAsync(space, new DnsQuestion("example.org"))).Answers);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Ask_WhereTheServerIsOfTheSandbox_IsPassedOnFromThere()
    {
        await using var lab = new NameServerLab();
        var space = lab.Space("a");
        var upstream = lab.AddUpstream("127.0.0.5", query => DnsRecords.Addresses(query, 60, World), space) with { FromHost = false };
        lab.Server.Attach("a", space, lab.Settings with { Upstreams = [upstream] });
        var other = lab.Attach("b", lab.Settings with { Upstreams = [upstream] });

        Assert.Equal(["192.0.2.7"], (await lab.AskAsync(space, new DnsQuestion("example.org"))).Answers);
        Assert.Equal(2, (await lab.AskAsync(other, new DnsQuestion("example.org"))).Code);
    }

    [Fact]
    public async Task Ask_WhereAServerIsSilentAndOneRefuses_AsksTheThird()
    {
        await using var lab = new NameServerLab();
        var silent = lab.AddUpstream("127.0.0.1", _ => null);
        var refusing = lab.AddUpstream("127.0.0.2", query => DnsRecords.Empty(query, 0x8185));
        var good = lab.AddUpstream("127.0.0.3", query => DnsRecords.Addresses(query, 60, World));
        var space = lab.Attach("a", lab.Settings with { Upstreams = [silent, refusing, good] });

        Assert.Equal(["192.0.2.7"], (await lab.AskAsync(space, new DnsQuestion("example.org"))).Answers);
    }

    [Fact]
    public async Task Ask_WhereAllRefuse_GivesTheirWord()
    {
        await using var lab = new NameServerLab();
        var refusing = lab.AddUpstream("127.0.0.1", query => DnsRecords.Empty(query, 0x8185));
        var space = lab.Attach("a", lab.Settings with { Upstreams = [refusing] });

        Assert.Equal(5, (await lab.AskAsync(space, new DnsQuestion("example.org"))).Code);
    }

    [Fact]
    public async Task Ask_WhatDoesNotFitADatagram_IsFetchedByTcp()
    {
        await using var lab = new NameServerLab();
        var many = Enumerable.Range(1, 60).Select(number => new IPAddress([192, 0, 2, (byte)number])).ToArray();
        var upstream = lab.AddUpstream("127.0.0.1", query => DnsRecords.Empty(query, 0x8380));
        lab.AddTcp(upstream, query => DnsRecords.Addresses(query, 60, many));
        var space = lab.Attach("a", lab.Settings with { Upstreams = [upstream] });

        var byDatagram = await lab.AskAsync(space, new DnsQuestion("example.org"));
        Assert.True(byDatagram.IsCutOff);
        Assert.Equal([], byDatagram.Answers);
        Assert.Equal(60, (await lab.AskByTcpAsync(space, new DnsQuestion("example.org"))).Answers.Count);
    }

    [Fact]
    public async Task Ask_OnAnInternalNetwork_PassesNothingOn()
    {
        await using var lab = new NameServerLab();
        var asked = 0;
        var upstream = lab.AddUpstream("127.0.0.1", _ =>
        {
            Interlocked.Increment(ref asked);
            return null;
        });
        var space = lab.Attach("a", lab.Settings with { Upstreams = [upstream], Forwards = false });

        var reply = await lab.AskAsync(space, new DnsQuestion("example.org"));

        Assert.Equal((ushort)0x8102, reply.Flags);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Ask_Nonsense_IsRefusedAndTheNextIsAnswered()
    {
        await using var lab = new NameServerLab();
        lab.Names.Set(NameServerLab.Network, "e1", new EndpointNames(["web"], IPAddress.Parse("10.0.0.2"), V6: null));
        var space = lab.Attach("a");
        var message = new DnsQuestion("web").Bytes();
        message[12] = 0xff;

        Assert.Equal(1, DnsReply.Parse(await lab.AskAsync(space, message)).Code);
        await lab.OpenUdp(space).SendAsync(new byte[1], SocketFlags.None, TestContext.Current.CancellationToken);
        await lab.OpenUdp(space).SendAsync(new byte[9000], SocketFlags.None, TestContext.Current.CancellationToken);

        Assert.Equal(["10.0.0.2"], (await lab.AskAsync(space, new DnsQuestion("web"))).Answers);
    }

    [Fact]
    public async Task Detach_Always_LetsGoOfTheNamespace()
    {
        await using var lab = new NameServerLab();
        var space = lab.Attach("a");

        lab.Server.Detach("a");

        await Assert.ThrowsAnyAsync<Exception>(() => lab.AskAsync(space, new DnsQuestion("web")));
    }
}
