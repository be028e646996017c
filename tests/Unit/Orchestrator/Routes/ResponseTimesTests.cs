using System.Collections.Immutable;
using Boreal.Orchestrator.Scaling;
using Boreal.Orchestrator.Traffic;

namespace Boreal.Tests.Unit.Orchestrator.Routes;

public sealed class ResponseTimesTests
{
    [Fact]
    public void Buckets_OneAfterTheOther_CoverAllTimes()
    {
        var begin = 0.0;
        for (var bucket = 0; bucket < ResponseTimes.Buckets - 1; bucket++)
        {
            var end = ResponseTimes.EndOf(bucket);
            Assert.True(end > begin, $"bucket {bucket}");
            Assert.Equal(bucket, ResponseTimes.BucketOf(TimeSpan.FromMicroseconds(Math.Round(begin * 1e6))));
            Assert.Equal(bucket, ResponseTimes.BucketOf(TimeSpan.FromMicroseconds(Math.Round(end * 1e6) - 1)));
            begin = end;
        }
        Assert.Equal(ResponseTimes.Buckets - 1, ResponseTimes.BucketOf(TimeSpan.FromDays(1)));
    }

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.95, 95)]
    [InlineData(0.99, 99)]
    public void Percentile_OfEvenTimes_IsOffBySixPercentAtMost(double share, double milliseconds)
    {
        var times = Of(Enumerable.Range(1, 100).Select(count => TimeSpan.FromMilliseconds(count)));

        Assert.InRange((times.Percentile(share) ?? 0) * 1000, milliseconds * 0.93, milliseconds * 1.07);
    }

    [Fact]
    public void CountWithin_ATime_LeavesLongerOnesOut() =>
        Assert.InRange(Of(Enumerable.Range(1, 100).Select(count => TimeSpan.FromMilliseconds(count))).CountWithin(0.05), 44, 50);

    [Fact]
    public void Between_TwoLooks_IsWhatHappened()
    {
        var settings = new AutoscaleSettings(1, 5, [new(MetricKind.ResponseTime, 0.25), new(MetricKind.Cpu, 0.5)]);
        var before = new ServiceTraffic { Service = "a/b", Began = 10, Answers = [0, 9, 0, 0, 1], Busy = TimeSpan.FromSeconds(5), Times = Of([TimeSpan.FromSeconds(9)]) };
        var now = new ServiceTraffic { Service = "a/b", Began = 30, Answers = [0, 24, 0, 0, 6], Busy = TimeSpan.FromSeconds(9), Times = Of([TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(1)]) };

        var sample = TrafficBetween.Of(before, now, TimeSpan.FromSeconds(2), settings);

        Assert.Equal((2, 10, 20, 5), (sample?.InFlight, sample?.PerSecond, sample?.Answered, sample?.Failed));
        Assert.InRange(sample?.ResponseTimes[0.95] ?? 0, 0.9, 1.1);
        Assert.Null(TrafficBetween.Of(now, before, TimeSpan.FromSeconds(2), settings));
        Assert.Null(TrafficBetween.Of(null, now, TimeSpan.FromSeconds(2), settings));
    }

    private static ResponseTimes Of(IEnumerable<TimeSpan> times)
    {
        var counts = new long[ResponseTimes.Buckets];
        var sum = TimeSpan.Zero;
        foreach (var time in times)
        {
            counts[ResponseTimes.BucketOf(time)]++;
            sum += time;
        }
        return new ResponseTimes(counts.ToImmutableArray(), sum);
    }
}
