using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Scaling;
using Boreal.Orchestrator.Scaling.Settings;

namespace Boreal.Tests.Unit.Orchestrator.Scaling;

public sealed class AutoscaleReaderTests
{
    [Fact]
    public void Read_OfEverything_GivesIt()
    {
        var settings = Read("""
            {"min": 2, "max": 10, "interval": "5s", "warmup": "20s",
             "metrics": [
               {"type": "cpu", "target": "60%"},
               {"type": "response_time", "percentile": "p99", "target": "250ms", "min_samples": 50, "max_error_rate": "5%"},
               {"type": "custom", "url": "http://q/metrics", "metric": "waiting", "target": 100}],
             "scale_up": {"tolerance": 0, "stabilization": "3s", "policies": [{"percent": 100, "period": "15s"}, {"replicas": 4, "period": "15s"}]},
             "scale_down": {"tolerance": 0.2, "stabilization": "120s", "cooldown": "60s"}}
            """);

        Assert.Equal((2, 10, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)), (settings.Min, settings.Max, settings.Interval, settings.Warmup));
        Assert.Equal([new(MetricKind.Cpu, 0.6), new(MetricKind.ResponseTime, 0.25) { Percentile = 0.99, MinSamples = 50 }, new(MetricKind.Custom, 100) { Url = "http://q/metrics", Name = "waiting" }], settings.Metrics);
        Assert.Equal([new(0, 100, TimeSpan.FromSeconds(15)), new(4, 0, TimeSpan.FromSeconds(15))], settings.Up.Policies);
        Assert.Equal((0.2, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1)), (settings.Down.Tolerance, settings.Down.Stabilization, settings.Down.Cooldown));
    }

    [Theory]
    [InlineData("""{"max": 3}""", "x-autoscale.metrics: at least one metric is needed, as {type: cpu, target: 60%}")]
    [InlineData("""{"min": 5, "max": 3}""", "x-autoscale.max: 3 is less than min (5)")]
    [InlineData("""{"maxx": 3}""", "x-autoscale.maxx: is not known; known are min, max, interval, warmup, freeze, metrics, scale_up, scale_down")]
    [InlineData("""{"metrics": [{"type": "cpus", "target": 1}]}""", "x-autoscale.metrics[0].type: \"cpus\" is not one of cpu, memory, response_time, concurrency, requests, custom")]
    [InlineData("""{"metrics": [{"type": "cpu"}]}""", "x-autoscale.metrics[0].target: is missing")]
    [InlineData("""{"metrics": [{"type": "cpu", "target": "-3%"}]}""", "x-autoscale.metrics[0].target: \"-3%\" is no share, as 60% or 0.6")]
    [InlineData("""{"metrics": [{"type": "response_time", "target": "250"}]}""", "x-autoscale.metrics[0].target: \"250\" is no duration of at least 1 ms, as 30s or 500ms")]
    [InlineData("""{"metrics": [{"type": "response_time", "target": "1s", "percentile": "95"}]}""", "x-autoscale.metrics[0].percentile: \"95\" is no percentile, as p95 or p99.9")]
    [InlineData("""{"metrics": [{"type": "response_time", "target": "1s"}]}""", "x-autoscale.metrics: memory and response_time only scale up: add one that also scales down, as {type: cpu, target: 60%}")]
    [InlineData("""{"metrics": [{"type": "custom", "target": 1, "url": "queue"}]}""", "x-autoscale.metrics[0].url: \"queue\" is no http or https address, as http://queue/metrics")]
    [InlineData("""{"metrics": [{"type": "cpu", "target": 1}], "scale_up": {"policies": [{"replicas": 1, "percent": 5}]}}""", "x-autoscale.scale_up.policies[0]: takes either replicas or percent")]
    [InlineData("""[]""", "x-autoscale: is no mapping")]
    public void Read_OfAMistake_NamesItsPlace(string written, string message)
    {
        var error = Assert.Throws<AppException>(() => Read(written));

        Assert.Equal((AppErrorKind.Invalid, message), (error.Kind, error.Message));
    }

    [Fact]
    public void Labels_OfAService_SayTheSame()
    {
        var labels = new Dictionary<string, string>
        {
            ["autoscale.min"] = "2",
            ["autoscale.max"] = "10",
            ["autoscale.cpu"] = "60%",
            ["autoscale.response_time"] = "250ms",
            ["autoscale.response_time.percentile"] = "p99",
            ["autoscale.scale_down.stabilization"] = "2m",
            ["com.example"] = "x",
        };

        var settings = AutoscaleReader.Read(AutoscaleWords.FromLabels(labels) ?? throw new InvalidOperationException("no labels were found"));

        Assert.Equal((2, 10, TimeSpan.FromMinutes(2)), (settings.Min, settings.Max, settings.Down.Stabilization));
        Assert.Equal([new(MetricKind.Cpu, 0.6), new(MetricKind.ResponseTime, 0.25) { Percentile = 0.99 }], settings.Metrics);
        Assert.Null(AutoscaleWords.FromLabels(new Dictionary<string, string> { ["com.example"] = "x" }));
    }

    private static AutoscaleSettings Read(string json) => AutoscaleReader.Read(JsonDocument.Parse(json).RootElement);
}
