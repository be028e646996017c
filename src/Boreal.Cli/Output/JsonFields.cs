using System.Text.Json;

namespace Boreal.Cli.Output;

/// <summary>Reading members of JSON objects, with the zero value where one is missing or null.</summary>
internal static class JsonFields
{
    public static string Text(this JsonElement json, string name) =>
        json.Has(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() ?? "" : "";

    public static long Number(this JsonElement json, string name) =>
        json.Has(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) ? number : 0;

    public static bool Truth(this JsonElement json, string name) => json.Has(name, out var value) && value.ValueKind is JsonValueKind.True;

    public static JsonElement Object(this JsonElement json, string name) => json.Has(name, out var value) ? value : default;

    public static IReadOnlyList<JsonElement> Items(this JsonElement json, string name) => json.Has(name, out var value) ? value.Items() : [];

    public static IReadOnlyList<JsonElement> Items(this JsonElement json) => json.ValueKind is JsonValueKind.Array ? [.. json.EnumerateArray()] : [];

    public static IReadOnlyList<string> Texts(this JsonElement json, string name) => [.. json.Items(name).Select(item => item.GetString() ?? "")];

    private static bool Has(this JsonElement json, string name, out JsonElement value)
    {
        value = default;
        return json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out value);
    }
}
