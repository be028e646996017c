using System.Text.Json;

namespace Boreal.Cli.Building.Orders;

/// <summary>Reads the index of an OCI image layout.</summary>
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

    private static bool IsNamed(JsonElement manifest, string tag) =>
        manifest.TryGetProperty("annotations", out var annotations)
        && ((annotations.TryGetProperty(NameAnnotation, out var name) && name.GetString() is { } text && (text == tag || text.EndsWith($":{tag}", StringComparison.Ordinal)))
            || (annotations.TryGetProperty(FullNameAnnotation, out var full) && full.GetString() is { } whole && whole.EndsWith($":{tag}", StringComparison.Ordinal)));
}
