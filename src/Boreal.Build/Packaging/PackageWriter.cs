using System.Text.Json;
using Boreal.Build.Exporting;
using Boreal.Build.Progress;
using Boreal.Build.Solving;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Build.Packaging;

/// <summary>Writes results down as registries and archives have images: layers, configuration, manifest, and an index over several.</summary>
internal sealed class PackageWriter(ImageExporter exporter)
{
    /// <param name="trees">One, or one for each of several platforms.</param>
    /// <param name="hasIndex">There is an index also over one.</param>
    /// <param name="format">How.</param>
    /// <param name="to">Where to, and the step that is told what is written.</param>
    /// <param name="cancellationToken">Stops in the middle: nothing names what was written until then.</param>
    public async Task<Package> WriteAsync(IReadOnlyList<PlannedTree> trees, bool hasIndex, PackageFormat format, (IImageTarget Target, BuildStep Step) to, CancellationToken cancellationToken)
    {
        var images = new List<(PackagedImage Image, byte[] Manifest)>();
        foreach (var tree in trees)
            images.Add(await WriteAsync(tree, format, to, cancellationToken));
        if (!hasIndex)
            return new Package(images[0].Image.Manifest with { Annotations = format.Annotations("manifest-descriptor") }, images[0].Manifest, [images[0].Image]);

        var entries = images.Select((image, at) => image.Image.Manifest with
        {
            Platform = PlatformOf(trees[at]),
            Annotations = format.Annotations("manifest-descriptor", trees[at].Platform?.ToString() ?? ""),
        });
        var index = new ImageIndex { MediaType = format.IndexType, Manifests = [.. entries], Annotations = format.Annotations("index") };
        var document = JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Plain.ImageIndex);
        var descriptor = Describe(format.IndexType, document);
        await to.Target.PutDocumentAsync(descriptor, document, cancellationToken);
        to.Step.Begin($"exporting manifest list {descriptor.Digest}").Complete();
        return new Package(descriptor with { Annotations = format.Annotations("index-descriptor") }, document, [.. images.Select(image => image.Image)]);
    }

    private async Task<(PackagedImage Image, byte[] Manifest)> WriteAsync(PlannedTree tree, PackageFormat format, (IImageTarget Target, BuildStep Step) to, CancellationToken cancellationToken)
    {
        var part = to.Step.Begin("exporting layers");
        var layers = new List<Descriptor>();
        foreach (var layer in tree.Tree.Digests)
        {
            var blob = await to.Target.PutLayerAsync(layer, cancellationToken);
            layers.Add(blob with { MediaType = format.LayerType(blob.MediaType) });
        }

        part.Complete();
        var document = exporter.DocumentOf(tree, format.CarriesCache, to.Step);
        var config = Describe(format.ConfigType, document);
        await to.Target.PutDocumentAsync(config, document, cancellationToken);
        to.Step.Begin($"exporting config {config.Digest}").Complete();
        var manifest = new ImageManifest { MediaType = format.ManifestType, Config = config, Layers = layers, Annotations = format.Annotations("manifest", tree.Platform?.ToString() ?? "") };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, OciJson.Plain.ImageManifest);
        var descriptor = Describe(format.ManifestType, bytes);
        await to.Target.PutDocumentAsync(descriptor, bytes, cancellationToken);
        to.Step.Begin($"exporting manifest {descriptor.Digest}").Complete();
        return (new PackagedImage(descriptor, config.Digest, layers), bytes);
    }

    private static Platform? PlatformOf(PlannedTree tree) => tree.Platform is { } platform
        ? new Platform { Os = platform.Os, Architecture = platform.Architecture, Variant = platform.Variant.Length > 0 ? platform.Variant : null }
        : null;

    private static Descriptor Describe(string type, byte[] content) => new() { MediaType = type, Digest = Digest.OfSha256(content), Size = content.Length };
}
