using System.Net;
using Boreal.Ingress.Backends;
using Microsoft.Extensions.Time.Testing;

namespace Boreal.Tests.Unit.Ingress;

/// <summary>Who gets the requests, over a model of backends that take their time.</summary>
public sealed class RotationTests
{
    private const int Requests = 300;

    private readonly FakeTimeProvider _time = new();
    private readonly Rotation _rotation = new();

    [Fact]
    public void Next_OneAfterTheOther_IsEven()
    {
        var shares = Run(perSecond: 1, [10, 10, 10], seed: 1);

        Assert.All(shares, share => Assert.Equal(100, share));
    }

    [Theory]
    [InlineData(10, 10, 10)]
    [InlineData(40, 40, 40)]
    [InlineData(10, 10, 30)]
    [InlineData(60, 20, 10)]
    public void Next_UnderSixtyASecondOverUnlikeOnes_IsNearlyEven(params int[] milliseconds) =>
        Assert.All(Enumerable.Range(1, 50), seed => Assert.All(Run(perSecond: 60, milliseconds, seed), share => Assert.InRange(share / (double)Requests, 0.22, 0.38)));

    [Fact]
    public void Next_WithASlowOne_GivesItClearlyLessAndTheOthersTheSame() => Assert.All(Enumerable.Range(1, 50), seed =>
    {
        var shares = Run(perSecond: 60, [500, 10, 10], seed);

        Assert.True(shares[0] < Requests / 6, $"{shares[0]}");
        Assert.InRange(shares[1] / (double)(shares[1] + shares[2]), 0.45, 0.55);
    });

    [Fact]
    public void Next_WithOneThatNeverAnswers_LeavesItAlone()
    {
        var shares = Run(perSecond: 60, [int.MaxValue, 10, 10], seed: 3);

        Assert.InRange(shares[0], 1, Rotation.Slack + 2);
    }

    [Fact]
    public void Next_WithTriedOnes_TakesTheOthers()
    {
        var ready = Of(3);

        Assert.Equal(ready[1], _rotation.Next(ready, [ready[0], ready[2]]));
        Assert.Null(_rotation.Next(ready, ready));
    }

    [Fact]
    public void Next_WithABusyOneAndARestingOne_TakesTheBusyOne()
    {
        var ready = Of(2);
        ready[1].SetSick(true);
        for (var count = 0; count < 20; count++) Assert.True(ready[0].TryEnter());

        Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal(ready[0], _rotation.Next(ready, [])));
    }

    /// <summary>How often each is taken: requests come by chance at this rate, and each backend takes a time by chance around its own.</summary>
    private int[] Run(int perSecond, int[] milliseconds, int seed)
    {
        var chance = new Random(seed);
        var ready = Of(milliseconds.Length);
        var taken = new int[ready.Length];
        var ends = new PriorityQueue<Backend, double>();
        var now = 0.0;
        for (var count = 0; count < Requests; count++)
        {
            now += perSecond == 1 ? 1000 : Exponential(chance, 1000.0 / perSecond);
            while (ends.TryPeek(out var done, out var end) && end <= now)
            {
                done.Leave();
                ends.Dequeue();
            }
            var one = _rotation.Next(ready, []) ?? throw new InvalidOperationException("there is always one");
            one.TryEnter();
            var place = Array.IndexOf(ready, one);
            taken[place]++;
            ends.Enqueue(one, milliseconds[place] == int.MaxValue ? double.MaxValue : now + (perSecond == 1 ? milliseconds[place] : Exponential(chance, milliseconds[place])));
        }
        return taken;
    }

    private static double Exponential(Random chance, double mean) => -Math.Log(1 - chance.NextDouble()) * mean;

    private Backend[] Of(int count) =>
        [.. Enumerable.Range(1, count).Select(place => new Backend(new BackendKey($"task{place}", new IPEndPoint(IPAddress.Loopback, place), BackendProtocol.Http1), _time))];
}
