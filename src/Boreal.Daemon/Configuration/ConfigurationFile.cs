using System.Text.Json;

namespace Boreal.Daemon.Configuration;

/// <summary>The JSON file: the same settings by key. A key that is not one is refused, so that a typing error cannot weaken anything.</summary>
internal static class ConfigurationFile
{
    /// <summary>Values by setting name.</summary>
    public static Dictionary<string, List<string>> Parse(string json)
    {
        using var document = Open(json);
        if (document.RootElement.ValueKind is not JsonValueKind.Object)
            throw new ConfigurationException("the file must hold one JSON object");
        var unknown = document.RootElement.EnumerateObject().Select(property => property.Name).Where(key => !Settings.ByKey.ContainsKey(key)).ToList();
        if (unknown.Count > 0)
            throw new ConfigurationException($"the following directives don't match any configuration option: {string.Join(", ", unknown)}");
        return document.RootElement.EnumerateObject().ToDictionary(
            property => Settings.ByKey[property.Name].Name,
            property => Read(property.Name, property.Value, Settings.ByKey[property.Name]));
    }

    private static JsonDocument Open(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new ConfigurationException(e.Message, e);
        }
    }

    private static List<string> Read(string key, JsonElement value, Setting setting) => value.ValueKind switch
    {
        JsonValueKind.Array when setting.Repeats => [.. value.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.Object ? Fields(key, item) : Scalar(key, item, setting))],
        JsonValueKind.Object when setting.Repeats => [.. value.EnumerateObject().Select(item => $"{item.Name}={Entry(key, item.Value)}")],
        JsonValueKind.Object when setting.IsDocument => [value.GetRawText()],
        _ when setting.IsDocument => throw Wrong(key, "an object"),
        _ when setting.Repeats => throw Wrong(key, "a list or an object"),
        _ => [Scalar(key, value, setting)],
    };

    private static string Scalar(string key, JsonElement value, Setting setting) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False when setting.IsSwitch => value.GetRawText(),
        JsonValueKind.String when !setting.IsSwitch => value.GetString() ?? "",
        JsonValueKind.Number when !setting.IsSwitch => value.GetRawText(),
        _ => throw Wrong(key, setting.IsSwitch ? "true or false" : "a text or a number"),
    };

    /// <summary>An entry of <c>log-opts</c> (a text), <c>runtimes</c> (an object with a path) or <c>default-ulimits</c> (one with soft and hard).</summary>
    private static string Entry(string key, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String)
            return value.GetString() ?? "";
        if (value.ValueKind is not JsonValueKind.Object)
            throw Wrong(key, "texts or objects");
        if (key == "runtimes" && Property(value, "path") is { } path)
            return value.EnumerateObject().Count() == 1 ? path : throw new ConfigurationException("runtimes: only \"path\" is supported");
        if (key == "default-ulimits" && Property(value, "soft") is { } soft && Property(value, "hard") is { } hard)
            return $"{soft}:{hard}";
        throw Wrong(key, key == "runtimes" ? "objects with a path" : "objects with Soft and Hard");
    }

    /// <summary>An entry of <c>default-address-pools</c>, as the flag writes it.</summary>
    private static string Fields(string key, JsonElement value) =>
        key == "default-address-pools"
            ? string.Join(',', value.EnumerateObject().Select(item => $"{item.Name}={item.Value}"))
            : throw Wrong(key, "a list of texts");

    private static string? Property(JsonElement value, string name) =>
        value.EnumerateObject().Where(item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(item => item.Value.ToString()).FirstOrDefault();

    private static ConfigurationException Wrong(string key, string wanted) => new($"{key} must be {wanted}");
}
