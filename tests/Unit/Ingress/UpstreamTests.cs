using System.Net;
using Boreal.Ingress.Backends;
using Boreal.Ingress.Measuring;
using Boreal.Orchestrator.Routes;
using Microsoft.Extensions.Time.Testing;

namespace Boreal.Tests.Unit.Ingress;

public sealed class UpstreamTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Enter_AmongIdleOnes_TakesTurns()
    {
        var upstream = Of("a", "b", "c");

        var turns = Enumerable.Range(0, 6).Select(_ => Enter(upstream)).ToList();

        Assert.Equal(turns[..3], turns[3..]);
        Assert.Equal(["a", "b", "c"], turns[..3].Order());
    }

    [Fact]
    public void Enter_WithAClosedOne_TakesAnother()
    {
        var upstream = Of("a", "b");
        upstream.Ready[0].Close();

        Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal("b", Enter(upstream)));
    }

    [Fact]
    public void Enter_WithOneThatFailed_TakesItAgainAfterItsRest()
    {
        var upstream = Of("a", "b");
        upstream.Ready[0].Fail();

        Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal("b", Enter(upstream)));
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Contains("a", Enumerable.Range(0, 2).Select(_ => Enter(upstream)).ToList());
    }

    [Fact]
    public void Enter_WhenAllRest_TakesOneAllTheSame()
    {
        var upstream = Of("a");
        upstream.Ready[0].SetSick(true);

        Assert.Equal("a", Enter(upstream));
    }

    [Fact]
    public void Enter_WithAWish_FollowsItAsLongAsThatOneIsWell()
    {
        var upstream = Of("a", "b");
        var wished = upstream.Ready[0];

        Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal("a", Enter(upstream, wished.Token)));
        wished.SetSick(true);
        Assert.Equal("b", Enter(upstream, wished.Token));
    }

    private static string Enter(Upstream upstream, string wish = "")
    {
        var entered = upstream.Enter([], wish);
        entered?.Leave();
        return entered?.Key.TaskId ?? "";
    }

    private Upstream Of(params string[] names)
    {
        var upstream = new Upstream(new TrafficMeter("a/b", _time));
        upstream.Set([.. names.Select((name, place) => new Backend(new BackendKey(name, new IPEndPoint(IPAddress.Loopback, place + 1), BackendProtocol.Http1), _time))], new HttpSettings());
        return upstream;
    }
}
