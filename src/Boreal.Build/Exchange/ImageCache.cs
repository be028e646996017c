using System.Text.Json;
using Boreal.Engine.Images;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Build.Exchange;

/// <summary>The description of a cache that an image carries in its configuration.</summary>
internal static class ImageCache
{
    /// <summary>The configuration's member.</summary>
    public const string Key = "moby.buildkit.cache.v0";

    /// <param name="config">The configuration's bytes.</param>
    /// <param name="layers">The image's, bottom first.</param>
    /// <param name="origin">Who has it.</param>
    public static IReadOnlyList<ImportedStep> Read(ReadOnlySpan<byte> config, IReadOnlyList<Descriptor> layers, ILayerOrigin origin)
    {
        var image = Parse(config, origin);
        var diffIds = image.RootFs?.DiffIds ?? [];
        return diffIds.Count == layers.Count ? Read(image, [.. layers.Select((layer, at) => Name(layer, diffIds[at]))], origin) : [];
    }

    /// <summary>As <see cref="Read(ReadOnlySpan{byte}, IReadOnlyList{Descriptor}, ILayerOrigin)"/> of an image that is here.</summary>
    public static IReadOnlyList<ImportedStep> Read(Image image, ILayerOrigin origin) =>
        Read(image.Config, [.. image.LayerChain.Select(layer => Name(new Descriptor { MediaType = MediaTypes.OciLayer, Digest = layer, Size = 0 }, layer))], origin);

    private static IReadOnlyList<ImportedStep> Read(ImageConfig config, IReadOnlyList<Descriptor> layers, ILayerOrigin origin) =>
        config.Unknown is { } more && more.TryGetValue(Key, out var text) && text.ValueKind is JsonValueKind.String
            ? CacheReader.ReadInline(text.GetString() ?? "", layers, origin)
            : [];

    private static Descriptor Name(Descriptor layer, Digest diffId) =>
        layer with { Annotations = new Dictionary<string, string> { [CacheReader.LayerAnnotation] = diffId.Value } };

    private static ImageConfig Parse(ReadOnlySpan<byte> config, ILayerOrigin origin)
    {
        try
        {
            return JsonSerializer.Deserialize(config, OciJson.Default.ImageConfig) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new Builds.BuildException($"the configuration of {origin.Name} can't be read: {exception.Message}", exception);
        }
    }
}
