using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boreal.Cli.Building.Orders;

/// <summary>The index of an OCI image layout: which images it has, by their tags.</summary>
internal static class LayoutIndex
{
    private const string NameAnnotation = "org.opencontainers.image.ref.name";
    private const string FullNameAnnotation = "io.containerd.image.name";

    /// <summary>The digest of the image with that tag, or of the only one there is.</summary>
    /// <exception cref="FormatException">There is no such image, or no layout.</exception>
    public static string Find(string folder, string tag)
    {
        var path = Path.Combine(folder, "index.json");
        if (!File.Exists(path)) throw new FormatException($"{folder} is no OCI image layout: it has no index.json");
        try
        {
            using var index = JsonDocument.Parse(File.ReadAllBytes(path));
            var manifests = index.RootElement.GetProperty("manifests").EnumerateArray().ToList();
            var found = manifests.FindIndex(manifest => IsNamed(manifest, tag));
            if (found < 0 && manifests.Count is 1) found = 0;
            return found >= 0 && manifests[found].GetProperty("digest").GetString() is { } digest
                ? digest
                : throw new FormatException($"{folder} has no image {tag}");
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{path} cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Gives the tag to the image of that descriptor and takes it from any other.</summary>
    public static void Put(string folder, string tag, string descriptor)
    {
        var path = Path.Combine(folder, "index.json");
        var index = File.Exists(path) ? JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? [] : [];
        if (JsonNode.Parse(descriptor) is not JsonObject image) return;
        if (image["annotations"] is not JsonObject annotations) image["annotations"] = annotations = [];
        annotations[NameAnnotation] = tag;
        var others = (index["manifests"] as JsonArray ?? []).OfType<JsonObject>().Where(other => other["annotations"]?[NameAnnotation]?.ToString() != tag).Select(other => other.DeepClone());
        index["schemaVersion"] = 2;
        index["mediaType"] ??= "application/vnd.oci.image.index.v1+json";
        index["manifests"] = new JsonArray([.. others, image]);
        // The index is read while it is replaced: it is always a whole one.
        var partial = $"{path}.{Environment.ProcessId}.partial";
        File.WriteAllText(partial, index.ToJsonString());
        File.Move(partial, path, overwrite: true);
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
    }

    private static bool IsNamed(JsonElement manifest, string tag) =>
        manifest.TryGetProperty("annotations", out var annotations)
        && ((annotations.TryGetProperty(NameAnnotation, out var name) && name.GetString() is { } text && (text == tag || text.EndsWith($":{tag}", StringComparison.Ordinal)))
            || (annotations.TryGetProperty(FullNameAnnotation, out var full) && full.GetString() is { } whole && whole.EndsWith($":{tag}", StringComparison.Ordinal)));
}
