using System.Text.RegularExpressions;
using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Logs;

/// <summary>The attributes that the options labels, env and tag add to every line, by name.</summary>
internal static class LogAttributes
{
    internal static IReadOnlyList<KeyValuePair<string, string>> Of(ContainerSpec spec)
    {
        var options = spec.Log.Options;
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Pick(attributes, spec.Labels, options.GetValueOrDefault("labels"), options.GetValueOrDefault("labels-regex"));
        Pick(attributes, Environment(spec), options.GetValueOrDefault("env"), options.GetValueOrDefault("env-regex"));
        if (options.GetValueOrDefault("tag") is { Length: > 0 } tag) attributes["tag"] = Fill(tag, spec);
        return [.. attributes];
    }

    private static void Pick(SortedDictionary<string, string> attributes, IReadOnlyDictionary<string, string> values, string? names, string? pattern)
    {
        foreach (var name in names?.Split(',') ?? [])
            if (values.TryGetValue(name, out var value)) attributes[name] = value;
        if (string.IsNullOrEmpty(pattern)) return;
        // A pattern of the client's own: matched in linear time.
        var expression = new Regex(pattern, RegexOptions.NonBacktracking);
        foreach (var (name, value) in values)
            if (expression.IsMatch(name)) attributes[name] = value;
    }

    private static Dictionary<string, string> Environment(ContainerSpec spec)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in spec.Process.Environment)
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) values[line[..equals]] = line[(equals + 1)..];
        }

        return values;
    }

    private static string Fill(string tag, ContainerSpec spec) => tag
        .Replace("{{.ID}}", spec.Id.Short, StringComparison.Ordinal)
        .Replace("{{.FullID}}", spec.Id.Value, StringComparison.Ordinal)
        .Replace("{{.Name}}", spec.Name, StringComparison.Ordinal)
        .Replace("{{.ImageName}}", spec.ImageName, StringComparison.Ordinal)
        .Replace("{{.ImageFullID}}", spec.ImageId, StringComparison.Ordinal)
        .Replace("{{.ImageID}}", spec.ImageId.Split(':')[^1][..12], StringComparison.Ordinal)
        .Replace("{{.DaemonName}}", "docker", StringComparison.Ordinal);
}
