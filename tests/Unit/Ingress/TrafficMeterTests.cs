using Boreal.Ingress.Measuring;
using Microsoft.Extensions.Time.Testing;

namespace Boreal.Tests.Unit.Ingress;

public sealed class TrafficMeterTests
{
    [Fact]
    public void Read_WithRequestsUnderWay_AddsTheirTimesUpToNow()
    {
        var time = new FakeTimeProvider();
        var meter = new TrafficMeter("a/b", time);
        var first = meter.Begin();
        time.Advance(TimeSpan.FromSeconds(2));
        meter.Begin();
        time.Advance(TimeSpan.FromSeconds(1));
        meter.Answer(200, first);
        meter.End();
        time.Advance(TimeSpan.FromSeconds(4));

        var seen = meter.Read();

        Assert.Equal((2, 1, TimeSpan.FromSeconds(3 + 5)), (seen.Began, seen.InFlight, seen.Busy));
        Assert.Equal([0, 1, 0, 0, 0], seen.Answers);
        Assert.InRange(seen.Times.Percentile(0.5) ?? 0, 2.7, 3.3);
    }

    [Fact]
    public void Answer_ThatSwitchesProtocols_IsNoResponseTime()
    {
        var meter = new TrafficMeter("a/b", new FakeTimeProvider());
        meter.Answer(101, meter.Begin());

        Assert.Equal((1, 0), (meter.Read().Answers[0], meter.Read().Times.Count));
    }
}
