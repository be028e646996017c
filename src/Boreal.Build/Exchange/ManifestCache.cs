using System.Text.Json;
using Boreal.Build.Builds;
using Boreal.Build.Progress;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Build.Exchange;

/// <summary>What a manifest or index that may be a cache names: where its description lies, and its layers.</summary>
/// <param name="Document">Of a cache that is nothing else.</param>
/// <param name="Config">Of an image, which may carry a description in its configuration.</param>
/// <param name="Layers">In the order in which they are named.</param>
/// <param name="Manifests">Of an index of images.</param>
internal sealed record ManifestCache(Descriptor? Document, Descriptor? Config, IReadOnlyList<Descriptor> Layers, IReadOnlyList<Descriptor> Manifests)
{
    public required string MediaType { get; init; }

    /// <summary>Tells the client, in BuildKit's words.</summary>
    public void Tell(BuildStep step) => step.Begin($"inferred cache manifest type: {MediaType}").Complete();

    /// <exception cref="BuildException">It is neither.</exception>
    public static ManifestCache Read(ReadOnlySpan<byte> content, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(content.ToArray());
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("manifests", out _) ? ReadIndex(content) : ReadManifest(content);
        }
        catch (JsonException exception)
        {
            throw new BuildException($"the manifest of {name} can't be read: {exception.Message}", exception);
        }
    }

    private static ManifestCache ReadIndex(ReadOnlySpan<byte> content)
    {
        var index = JsonSerializer.Deserialize(content, OciJson.Default.ImageIndex) ?? throw new JsonException("null");
        var entries = index.Manifests;
        return new ManifestCache(
            entries.FirstOrDefault(entry => entry.MediaType == CacheDocument.MediaType), null,
            [.. entries.Where(entry => entry.MediaType.Contains(".tar", StringComparison.Ordinal))],
            [.. entries.Where(entry => MediaTypes.IsManifest(entry.MediaType))]) { MediaType = index.MediaType ?? MediaTypes.OciIndex };
    }

    private static ManifestCache ReadManifest(ReadOnlySpan<byte> content)
    {
        var manifest = JsonSerializer.Deserialize(content, OciJson.Default.ImageManifest) ?? throw new JsonException("null");
        var isCache = manifest.Config.MediaType == CacheDocument.MediaType;
        return new ManifestCache(isCache ? manifest.Config : null, isCache ? null : manifest.Config, manifest.Layers, []) { MediaType = manifest.MediaType ?? MediaTypes.OciManifest };
    }
}
