using System.Text;
using Boreal.Daemon.Metrics;
using Boreal.Engine.Measuring;

namespace Boreal.Tests.Unit.Metrics;

public sealed class MetricsTextTests
{
    [Fact]
    public void Counter_InPrometheusText_IsNamedWithItsSuffixEverywhere() => Assert.Equal(
        "# HELP boreal_x_total Things.\n# TYPE boreal_x_total counter\nboreal_x_total{a=\"b\"} 3\n",
        Write(isOpenMetrics: false, text =>
        {
            text.Counter("boreal_x_total", "Things.");
            text.Sample(3, ("a", "b"));
        }));

    [Fact]
    public void Counter_InOpenMetrics_HasAFamilyWithoutTheSuffix() => Assert.Equal(
        "# HELP boreal_x Things.\n# TYPE boreal_x counter\nboreal_x_total 3\n# EOF\n",
        Write(isOpenMetrics: true, text =>
        {
            text.Counter("boreal_x_total", "Things.");
            text.Sample(3);
        }));

    [Fact]
    public void Information_HasATypeOfItsOwnInOpenMetricsOnly()
    {
        static void Tell(MetricsText text)
        {
            text.Information("boreal_build_info", "Us.");
            text.Sample(1, ("version", "1"));
        }

        Assert.Contains("# TYPE boreal_build_info gauge\nboreal_build_info{version=\"1\"} 1\n", Write(isOpenMetrics: false, Tell), StringComparison.Ordinal);
        Assert.Contains("# TYPE boreal_build info\nboreal_build_info{version=\"1\"} 1\n", Write(isOpenMetrics: true, Tell), StringComparison.Ordinal);
    }

    [Fact]
    public void Histogram_TellsEachBucketWithThoseBelow()
    {
        var histogram = new Histogram([0.5, 1]);
        foreach (var seconds in (double[])[0.25, 0.5, 0.75, 4])
            histogram.Add(TimeSpan.FromSeconds(seconds));

        var text = Write(isOpenMetrics: false, text =>
        {
            text.Histogram("boreal_y_seconds", "Times.");
            text.Sample(histogram.Read(), ("k", "v"));
        });

        Assert.EndsWith(
            """
            boreal_y_seconds_bucket{k="v",le="0.5"} 2
            boreal_y_seconds_bucket{k="v",le="1.0"} 3
            boreal_y_seconds_bucket{k="v",le="+Inf"} 4
            boreal_y_seconds_sum{k="v"} 5.5
            boreal_y_seconds_count{k="v"} 4

            """, text, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelValues_OfStrangers_CannotLeaveTheirLine() => Assert.Contains(
        """boreal_z{a="q\"b\\n\nend"} 1""",
        Write(isOpenMetrics: false, text =>
        {
            text.Gauge("boreal_z", "Odd.");
            text.Sample(1, ("a", "q\"b\\n\nend"));
        }),
        StringComparison.Ordinal);

    [Fact]
    public void Names_ThatDoNotSayWhatTheyAre_AreRefused() =>
        Assert.Throws<ArgumentException>(() => Write(isOpenMetrics: false, text => text.Counter("boreal_x", "Things.")));

    private static string Write(bool isOpenMetrics, Action<MetricsText> tell)
    {
        var text = new MetricsText(isOpenMetrics);
        tell(text);
        return Encoding.UTF8.GetString(text.End().Span);
    }
}
