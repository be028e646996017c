using System.Text.Json;

namespace Boreal.Cli.Session;

/// <summary>The parts of docker's <c>config.json</c> that apply here.</summary>
internal sealed class ClientConfiguration
{
    public string DetachKeys { get; private init; } = "";

    public string PsFormat { get; private init; } = "";

    public string ImagesFormat { get; private init; } = "";

    public string StatsFormat { get; private init; } = "";

    public static ClientConfiguration Load(string directory)
    {
        var path = Path.Combine(directory, "config.json");
        if (!File.Exists(path)) return new ClientConfiguration();
        using var file = File.OpenRead(path);
        using var json = JsonDocument.Parse(file);
        string Text(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() ?? "" : "";
        return new ClientConfiguration
        {
            DetachKeys = Text("detachKeys"),
            PsFormat = Text("psFormat"),
            ImagesFormat = Text("imagesFormat"),
            StatsFormat = Text("statsFormat"),
        };
    }
}
