using System.Text.Json;
using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Building.Orders;

/// <summary>The proxies that docker's configuration file names for a daemon, or for all: build arguments that no image remembers.</summary>
internal static class ProxySettings
{
    private static readonly (string Setting, string Variable)[] Known =
    [
        ("httpProxy", "HTTP_PROXY"), ("httpsProxy", "HTTPS_PROXY"), ("ftpProxy", "FTP_PROXY"), ("noProxy", "NO_PROXY"), ("allProxy", "ALL_PROXY"),
    ];

    public static IReadOnlyDictionary<string, string> Load(string directory, string host)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = Path.Combine(directory, "config.json");
        if (!File.Exists(path)) return variables;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (Find(json.RootElement, "proxies") is not { } proxies || (Find(proxies, host) ?? Find(proxies, "default")) is not { } chosen) return variables;
            foreach (var (setting, variable) in Known)
            {
                if (Find(chosen, setting) is not { ValueKind: JsonValueKind.String } value || value.GetString() is not { Length: > 0 } text) continue;
                variables[variable] = text;
                variables[variable.ToLowerInvariant()] = text;
            }
        }
        catch (JsonException problem)
        {
            throw new CommandFailedException($"loading config file: {path}: {problem.Message}");
        }

        return variables;
    }

    private static JsonElement? Find(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;
}
