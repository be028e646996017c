using System.Text.Json.Nodes;

namespace Boreal.Tests.Unit.Build;

/// <summary>An image's configuration as text: what is set, and the history.</summary>
internal static class ImageText
{
    private static readonly string[] Checks = ["Interval", "Timeout", "StartPeriod", "StartInterval", "Retries"];
    private static readonly string[] Members = ["User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "Volumes", "WorkingDir", "Labels", "StopSignal", "OnBuild", "Shell", "ArgsEscaped"];

    public static IReadOnlyList<string> Render(JsonNode image)
    {
        var lines = new List<string>();
        foreach (var name in new[] { "os", "architecture", "variant", "author" })
            Add(lines, name, image[name]);
        foreach (var name in Members)
            Add(lines, name, image["config"]?[name]);
        if (image["config"]?["Healthcheck"] is { } check)
            lines.Add($"Healthcheck: {check["Test"]?.ToJsonString()} {string.Join(' ', Checks.Select(name => check[name]?.ToString() ?? "0"))}");
        foreach (var entry in image["history"]?.AsArray() ?? [])
            lines.Add($"{(entry?["empty_layer"]?.GetValue<bool>() is true ? "-" : "+")} {entry?["created_by"]}{Time(entry?["created"])}");
        return lines;
    }

    private static string Time(JsonNode? created) => created is null ? "" : $" @{created.GetValue<DateTimeOffset>().ToUnixTimeSeconds()}";

    private static void Add(List<string> lines, string name, JsonNode? value)
    {
        var text = value switch
        {
            null => "",
            JsonObject members => string.Join(' ', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}={member.Value?.ToJsonString()}")),
            JsonArray items => string.Join(' ', items.Select(item => item?.ToJsonString())),
            _ => value.ToString(),
        };
        if (text.Length > 0) lines.Add($"{name}: {text}");
    }
}
