using System.Text.Json;
using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Oci.Content;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Engine.Images;

/// <summary>Makes images of layers that are here.</summary>
public sealed class ImageAssembler
{
    private readonly ImageStore _images;
    private readonly LayerStore _layers;

    internal ImageAssembler(ImageStore images, LayerStore layers) => (_images, _layers) = (images, layers);

    /// <summary>The configuration's bytes, by whose digest the image is known.</summary>
    public static byte[] Document(ImageConfig config) => JsonSerializer.SerializeToUtf8Bytes(config, OciJson.Lean.ImageConfig);

    /// <summary>Adds the image, which names its layers itself, and gives it names. Again is no error.</summary>
    /// <exception cref="EngineException">NotFound: a layer is gone.</exception>
    public Image Assemble(byte[] document, IReadOnlyList<ImageReference> names)
    {
        var used = new List<Digest>();
        foreach (var diffId in ImageStore.Parse(document).RootFs?.DiffIds ?? [])
        {
            if (_layers.TryUse(diffId) is null)
            {
                _layers.Release(used);
                throw new EngineException(ErrorKind.NotFound, $"layer {diffId} is gone, build again");
            }

            used.Add(diffId);
        }

        var image = _images.Add(document, parent: null);
        foreach (var name in names)
            _images.Tag(image, name);
        return image;
    }
}
