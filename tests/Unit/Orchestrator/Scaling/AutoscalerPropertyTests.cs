using Boreal.Orchestrator.Scaling;
using static Boreal.Tests.Unit.Orchestrator.Scaling.ScalingCase;

namespace Boreal.Tests.Unit.Orchestrator.Scaling;

public sealed class AutoscalerPropertyTests
{
    private const int Rounds = 2000;
    private readonly Random _random = new(42);

    [Fact]
    public void Decide_WithMoreLoad_NeverAsksForFewer()
    {
        var settings = Plain(Cpu);
        for (var round = 0; round < Rounds; round++)
        {
            var (count, low) = (_random.Next(1, 50), _random.NextDouble() * 2);
            var high = low + _random.NextDouble();

            Assert.True(Decide(settings, Replicas(count, low)) <= Decide(settings, Replicas(count, high)), $"{count} replicas at {low} and {high}");
        }
    }

    [Fact]
    public void Decide_AtTheTarget_ChangesNothing()
    {
        for (var count = 1; count <= 100; count++)
            Assert.Equal(count, Decide(Plain(Cpu, Latency), Replicas(count, Cpu.Target) with { Traffic = Traffic(Latency.Target) }));
    }

    [Fact]
    public void Decide_WhateverHappens_StaysWithinTheLimitsAndNeverShrinksBlind()
    {
        for (var run = 0; run < 50; run++)
        {
            var settings = new AutoscaleSettings(_random.Next(1, 4), _random.Next(4, 12), [Cpu, Latency, Queue]);
            var (state, replicas, now) = (ScalingState.Begin(settings.Min, Start), settings.Min, Start);
            for (var step = 0; step < 200; step++)
            {
                // A clock that jumps, replicas that flap, metrics with gaps.
                now = now.AddSeconds(_random.Next(20) is 0 ? _random.Next(-600, 600) : 5);
                var sample = Weather(replicas);
                var decision = Autoscaler.Decide(settings, state, sample, now);

                Assert.InRange(decision.Replicas, settings.Min, settings.Max);
                if (sample.Custom.Count is 0) Assert.True(decision.Replicas >= replicas, "shrunk although a metric was missing");
                if (decision.Replicas != replicas) Assert.NotEmpty(decision.Reasons);
                (state, replicas) = (decision.State, decision.Replicas);
            }
        }
    }

    private ServiceSample Weather(int replicas) =>
        new(replicas, [.. Enumerable.Range(0, replicas).Select(_ => Replica(_random.Next(10) is 0 ? null : _random.NextDouble() * 1.5, age: _random.Next(100), ready: _random.Next(8) > 0))])
        {
            Traffic = _random.Next(10) is 0 ? null : Traffic(_random.NextDouble(), _random.NextDouble() * 50, _random.Next(2000), _random.Next(100)),
            Custom = _random.Next(5) is 0 ? new Dictionary<(string, string), double>() : new() { [(Queue.Url, Queue.Name)] = _random.NextDouble() * 1000 },
        };
}
