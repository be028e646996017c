using System.Text.Json.Nodes;

namespace Boreal.Tests.Unit.Runtime;

/// <summary>
/// Bundles that Docker 26 wrote for a create request, recorded from a running container. default.json is the one without options;
/// cases.json holds, for each further request, how its bundle differs (an RFC 7386 merge patch). Ids and paths are placeholders.
/// </summary>
internal static class GoldenBundle
{
    public static IReadOnlyList<string> Names { get; } = ["default", .. Read("cases.json").AsObject().Select(entry => entry.Key)];

    public static JsonObject Of(string name)
    {
        var bundle = Read("default.json").AsObject();
        if (name is not "default") Apply(bundle, Read("cases.json")[name]?["changes"]?.AsObject() ?? throw new ArgumentException(name));
        if (bundle["linux"]?["seccomp"] is JsonValue file) bundle["linux"]!["seccomp"] = Read((string)file!);
        return bundle;
    }

    public static string Text(string file)
    {
        using var stream = typeof(GoldenBundle).Assembly.GetManifestResourceStream(file) ?? throw new FileNotFoundException(file);
        return new StreamReader(stream).ReadToEnd();
    }

    public static JsonNode Read(string file) => JsonNode.Parse(Text(file)) ?? throw new FormatException(file);

    private static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null) target.Remove(name);
            else if (value is JsonObject changes && target[name] is JsonObject inner) Apply(inner, changes);
            else target[name] = value.DeepClone();
        }
    }
}
