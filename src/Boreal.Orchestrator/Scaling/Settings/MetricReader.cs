using System.Globalization;
using System.Text.Json;
using Boreal.Orchestrator.Errors;

namespace Boreal.Orchestrator.Scaling.Settings;

/// <summary>Reads one entry of <c>metrics</c>.</summary>
internal static class MetricReader
{
    private static readonly Dictionary<string, MetricKind> Kinds = new(StringComparer.Ordinal)
    {
        ["cpu"] = MetricKind.Cpu,
        ["memory"] = MetricKind.Memory,
        ["response_time"] = MetricKind.ResponseTime,
        ["concurrency"] = MetricKind.Concurrency,
        ["requests"] = MetricKind.Requests,
        ["custom"] = MetricKind.Custom,
    };

    /// <exception cref="AppException">Invalid.</exception>
    internal static ScalingMetric Read(string place, JsonElement written)
    {
        var type = SettingsObject.Of(place, written, null).Text("type", "");
        if (!Kinds.TryGetValue(type, out var kind))
            throw SettingsObject.Wrong($"{place}.type", $"\"{type}\" is not one of {string.Join(", ", Kinds.Keys)}");

        var keys = SettingsObject.Of(place, written, kind switch
        {
            MetricKind.ResponseTime => ["type", "target", "percentile", "min_samples", "max_error_rate"],
            MetricKind.Custom => ["type", "target", "url", "metric"],
            _ => ["type", "target"],
        });
        if (keys.Member("target") is null) throw keys.Invalid("target", "is missing");
        var metric = new ScalingMetric(kind, Target(keys, kind));
        return kind switch
        {
            MetricKind.ResponseTime => metric with
            {
                Percentile = Percentile(keys),
                MinSamples = keys.Whole("min_samples", metric.MinSamples, 1, int.MaxValue),
                MaxErrorRate = keys.Share("max_error_rate", metric.MaxErrorRate, 0),
            },
            MetricKind.Custom => metric with { Url = Url(keys), Name = keys.Text("metric", "") },
            _ => metric,
        };
    }

    private static double Target(SettingsObject keys, MetricKind kind) => kind switch
    {
        MetricKind.Cpu or MetricKind.Memory => keys.Share("target", 0, 0.01),
        MetricKind.ResponseTime => keys.Duration("target", TimeSpan.Zero, TimeSpan.FromMilliseconds(1)).TotalSeconds,
        _ => keys.Number("target", 0, 1e-6),
    };

    private static double Percentile(SettingsObject keys)
    {
        var text = keys.Text("percentile", "p95");
        return text is ['p', .. var digits] && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and < 100
            ? percent / 100
            : throw keys.Invalid("percentile", $"\"{text}\" is no percentile, as p95 or p99.9");
    }

    private static string Url(SettingsObject keys)
    {
        var text = keys.Text("url", "");
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? text
            : throw keys.Invalid("url", $"\"{text}\" is no http or https address, as http://queue/metrics");
    }
}
