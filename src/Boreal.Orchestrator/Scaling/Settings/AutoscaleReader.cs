using System.Text.Json;
using Boreal.Orchestrator.Errors;

namespace Boreal.Orchestrator.Scaling.Settings;

/// <summary>Reads <c>x-autoscale</c>: what a person wrote, with every mistake named by its place.</summary>
public static class AutoscaleReader
{
    private const int MostReplicas = 10_000;
    private const int MostMetrics = 20;

    /// <exception cref="AppException">Invalid: a key that is not known, a value that cannot be, a metric missing.</exception>
    public static AutoscaleSettings Read(JsonElement written)
    {
        var keys = SettingsObject.Of("x-autoscale", written, "min", "max", "interval", "warmup", "freeze", "metrics", "scale_up", "scale_down");
        var min = keys.Whole("min", 1, 1, MostReplicas);
        var max = keys.Whole("max", min, 1, MostReplicas);
        if (max < min) throw keys.Invalid("max", $"{max} is less than min ({min})");

        var settings = new AutoscaleSettings(min, max, Metrics(keys));
        return settings with
        {
            Interval = keys.Duration("interval", settings.Interval, TimeSpan.FromMilliseconds(100)),
            Warmup = keys.Duration("warmup", settings.Warmup, TimeSpan.Zero),
            Freeze = keys.Duration("freeze", settings.Freeze, TimeSpan.Zero),
            Up = keys.Member("scale_up") is { } up ? Rules(keys.Place("scale_up"), up, settings.Up) : settings.Up,
            Down = keys.Member("scale_down") is { } down ? Rules(keys.Place("scale_down"), down, settings.Down) : settings.Down,
        };
    }

    private static ScalingMetric[] Metrics(SettingsObject keys)
    {
        ScalingMetric[] metrics = [.. keys.List("metrics", MostMetrics).Select((item, index) => MetricReader.Read($"{keys.Place("metrics")}[{index}]", item))];
        if (metrics.Length is 0) throw keys.Invalid("metrics", "at least one metric is needed, as {type: cpu, target: 60%}");
        if (Array.TrueForAll(metrics, metric => metric.Kind is MetricKind.ResponseTime or MetricKind.Memory))
            throw keys.Invalid("metrics", "memory and response_time only scale up: add one that also scales down, as {type: cpu, target: 60%}");
        return metrics;
    }

    private static ScalingRules Rules(string place, JsonElement written, ScalingRules otherwise)
    {
        var keys = SettingsObject.Of(place, written, "tolerance", "stabilization", "policies", "cooldown");
        return otherwise with
        {
            Tolerance = keys.Share("tolerance", otherwise.Tolerance, 0),
            Stabilization = keys.Duration("stabilization", otherwise.Stabilization, TimeSpan.Zero),
            Cooldown = keys.Duration("cooldown", otherwise.Cooldown, TimeSpan.Zero),
            Policies = keys.Member("policies") is null ? otherwise.Policies
                : [.. keys.List("policies", MostMetrics).Select((item, index) => Policy($"{keys.Place("policies")}[{index}]", item))],
        };
    }

    private static ScalingPolicy Policy(string place, JsonElement written)
    {
        var keys = SettingsObject.Of(place, written, "replicas", "percent", "period");
        var (replicas, percent) = (keys.Whole("replicas", 0, 1, MostReplicas), keys.Whole("percent", 0, 1, 100 * MostReplicas));
        if (replicas is 0 == percent is 0) throw keys.Invalid("", "takes either replicas or percent");
        return new(replicas, percent, keys.Duration("period", TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(100)));
    }
}
