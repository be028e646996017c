using System.Text.Json;
using System.Text.Json.Nodes;
using Boreal.Orchestrator.Errors;

namespace Boreal.Orchestrator.Scaling.Settings;

/// <summary>
/// The settings as labels, which every client can carry: <c>autoscale.min=1</c>, <c>autoscale.cpu=60%</c>,
/// <c>autoscale.response_time.percentile=p99</c>, <c>autoscale.scale_down.stabilization=2m</c>.
/// </summary>
public static class AutoscaleLabels
{
    private const string Prefix = "autoscale.";

    /// <summary>The labels in the shape of <c>x-autoscale</c>; null when there is none of them.</summary>
    /// <exception cref="AppException">Invalid: one label says two things.</exception>
    public static JsonElement? Read(IReadOnlyDictionary<string, string> labels)
    {
        var settings = new JsonObject();
        var metrics = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (label, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            if (!label.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            var path = label[Prefix.Length..].Split('.');
            if (path.Length > 2) throw SettingsObject.Wrong(label, "is not known");
            if (!MetricReader.Names.Contains(path[0])) Put(settings, label, path, value);
            else
            {
                if (!metrics.TryGetValue(path[0], out var metric)) metrics[path[0]] = metric = new() { ["type"] = path[0] };
                metric[path.Length is 1 ? "target" : path[1]] = value;
            }
        }
        if (metrics.Count > 0) settings["metrics"] = new JsonArray([.. metrics.Values]);
        return settings.Count is 0 ? null : JsonDocument.Parse(settings.ToJsonString()).RootElement.Clone();
    }

    private static void Put(JsonObject settings, string label, string[] path, string value)
    {
        if (path.Length is 1)
        {
            settings[path[0]] = value;
            return;
        }
        if (settings[path[0]] is not JsonObject inner) settings[path[0]] = inner = settings[path[0]] is null ? [] : throw SettingsObject.Wrong(label, $"{Prefix}{path[0]} has a value of its own");
        inner[path[1]] = value;
    }
}
