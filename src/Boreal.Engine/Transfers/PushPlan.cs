using System.Text.Json;
using Boreal.Engine.Content;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Engine.Transfers;

/// <summary>The manifest an image goes out with: the one it came with or went out with before where that still fits, else a new one.</summary>
internal sealed class PushPlan
{
    private const string Zstd = "zstd";
    private const string Gzip = "gzip";
    private const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar";

    private readonly byte[]? _bytes;
    private readonly ImageManifest? _manifest;

    private PushPlan(byte[]? bytes, ImageManifest? manifest) => (_bytes, _manifest) = (bytes, manifest);

    /// <summary>Of those known, newest last, the one whose layers are all here; else the newest.</summary>
    public static PushPlan Choose(IEnumerable<Digest> manifests, int layers, BlobStore blobs)
    {
        PushPlan? newest = null;
        foreach (var digest in manifests.Reverse())
        {
            if (blobs.TryReadDocument(digest) is not { } bytes || JsonSerializer.Deserialize(bytes, OciJson.Default.ImageManifest) is not { } manifest || manifest.Layers.Count != layers)
                continue;
            newest ??= new PushPlan(bytes, manifest);
            if (manifest.Layers.All(layer => blobs.Holds(layer.Digest)))
                return new PushPlan(bytes, manifest);
        }

        return newest ?? new PushPlan(null, null);
    }

    public Descriptor? Layer(int at) => _manifest?.Layers[at];

    /// <summary>The manifest, now that it is known what the layers are called in the registry.</summary>
    public (byte[] Bytes, string MediaType) Complete(Descriptor config, IReadOnlyList<Descriptor> layers)
    {
        if (_bytes is not null && _manifest is not null && _manifest.Layers.Select(layer => layer.Digest).SequenceEqual(layers.Select(layer => layer.Digest)))
            return (_bytes, _manifest.MediaType ?? MediaTypes.OciManifest);

        // Docker's own types are the older and more widely known; they have no word for zstd.
        var isOci = layers.Any(layer => layer.MediaType.EndsWith(Zstd, StringComparison.Ordinal));
        var type = isOci ? MediaTypes.OciManifest : MediaTypes.DockerManifest;
        var manifest = new ImageManifest
        {
            MediaType = type,
            Config = config with { MediaType = isOci ? MediaTypes.OciConfig : MediaTypes.DockerConfig },
            Layers = [.. layers.Select(layer => layer with { MediaType = LayerType(layer.MediaType, isOci) })],
        };
        return (JsonSerializer.SerializeToUtf8Bytes(manifest, OciJson.Plain.ImageManifest), type);
    }

    private static string LayerType(string known, bool isOci) => known switch
    {
        _ when known.EndsWith(Zstd, StringComparison.Ordinal) => MediaTypes.OciLayerZstd,
        _ when known.EndsWith(Gzip, StringComparison.Ordinal) => isOci ? MediaTypes.OciLayerGzip : MediaTypes.DockerLayerGzip,
        _ => isOci ? MediaTypes.OciLayer : DockerLayer,
    };
}
