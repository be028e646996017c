using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boreal.Api.Apps;

/// <summary>
/// Settings of the autoscaler as words, which labels and command lines can carry, in the shape of <c>x-autoscale</c>: <c>min=1</c>,
/// <c>cpu=60%</c>, <c>response_time.percentile=p99</c>, <c>scale_down.stabilization=2m</c>. A metric is named by its type.
/// </summary>
public static class AutoscaleWords
{
    /// <summary>Before each word that is a label.</summary>
    public const string LabelPrefix = "autoscale.";

    private static readonly string[] Metrics = ["cpu", "memory", "response_time", "concurrency", "requests", "custom"];

    /// <summary>Null when there is no such label.</summary>
    /// <exception cref="FormatException">One word says two things.</exception>
    public static JsonElement? FromLabels(IReadOnlyDictionary<string, string>? labels) =>
        labels?.Where(label => label.Key.StartsWith(LabelPrefix, StringComparison.Ordinal)).OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => KeyValuePair.Create(label.Key[LabelPrefix.Length..], label.Value)).ToList() is { Count: > 0 } words ? Read(words) : null;

    /// <exception cref="FormatException">One word says two things.</exception>
    public static JsonElement Read(IEnumerable<KeyValuePair<string, string>> words)
    {
        var settings = new JsonObject();
        var metrics = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (key, value) in words)
        {
            var (first, second) = key.Split('.', 2) is [var outer, var inner] ? (outer, inner) : (key, "");
            if (!Metrics.Contains(first)) Put(settings, first, second, value);
            else
            {
                if (!metrics.TryGetValue(first, out var metric)) metrics[first] = metric = new() { ["type"] = first };
                metric[second.Length is 0 ? "target" : second] = value;
            }
        }
        if (metrics.Count > 0) settings["metrics"] = new JsonArray([.. metrics.Values]);
        using var document = JsonDocument.Parse(settings.ToJsonString());
        return document.RootElement.Clone();
    }

    private static void Put(JsonObject settings, string first, string second, string value)
    {
        if (second.Length is 0 && settings[first] is null) settings[first] = value;
        else if (second.Length is 0 || settings[first] is not (null or JsonObject)) throw new FormatException($"{first} has a value of its own, and values below it");
        else if (settings[first] is JsonObject inner) inner[second] = value;
        else settings[first] = new JsonObject { [second] = value };
    }
}
