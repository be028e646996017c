using Boreal.Engine.Errors;
using Boreal.Oci.Content;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Engine.Images;

/// <summary>Finds the images of this machine's platform in an OCI image layout.</summary>
internal static class LayoutReader
{
    private const int DeepestIndex = 4;
    private static readonly string[] NameAnnotations = ["io.containerd.image.name", "org.opencontainers.image.ref.name"];

    public static IReadOnlyList<ArchiveImage> Read(Oci.Images.ImageIndex index, ArchiveContents contents)
    {
        var images = new Dictionary<Digest, ArchiveImage>();
        foreach (var descriptor in index.Manifests)
        {
            if (FindManifest(descriptor, contents, DeepestIndex) is not { } manifest)
                continue;
            var names = NameOf(descriptor) is { } name ? new[] { name } : [];
            images[manifest.Config.Digest] = images.TryGetValue(manifest.Config.Digest, out var known)
                ? known with { Names = [.. known.Names.Union(names)] }
                : new ArchiveImage(Blob(manifest.Config, contents), [.. manifest.Layers.Select(layer => new ArchiveLayerName(PathOf(layer), layer.Digest))], names);
        }

        return images.Count > 0 ? [.. images.Values] : throw new EngineException(ErrorKind.Invalid, $"the archive has no image for linux/{ImageImporter.HostArchitecture}");
    }

    private static ImageManifest? FindManifest(Descriptor descriptor, ArchiveContents contents, int depth)
    {
        if (MediaTypes.IsManifest(descriptor.MediaType))
            return IsOurs(descriptor) ? ImageLoader.Parse(Blob(descriptor, contents), OciJson.Default.ImageManifest) : null;
        if (!MediaTypes.IsIndex(descriptor.MediaType) || depth == 0)
            return null;
        return ImageLoader.Parse(Blob(descriptor, contents), OciJson.Default.ImageIndex).Manifests
            .Where(child => contents.Document(PathOf(child)) is not null)
            .Select(child => FindManifest(child, contents, depth - 1))
            .FirstOrDefault(manifest => manifest is not null);
    }

    private static bool IsOurs(Descriptor descriptor) =>
        descriptor.Platform is null || descriptor.Platform is { Os: "linux" } platform && platform.Architecture == ImageImporter.HostArchitecture;

    private static byte[] Blob(Descriptor descriptor, ArchiveContents contents)
    {
        var blob = contents.RequiredDocument(PathOf(descriptor));
        return descriptor.Digest.Algorithm != "sha256" || Digest.OfSha256(blob) == descriptor.Digest
            ? blob
            : throw new EngineException(ErrorKind.Invalid, $"{PathOf(descriptor)} of the archive is not what its name says");
    }

    private static string PathOf(Descriptor descriptor) => $"blobs/{descriptor.Digest.Algorithm}/{descriptor.Digest.Hex}";

    // The second annotation is often a bare tag, which names nothing by itself.
    private static string? NameOf(Descriptor descriptor) =>
        NameAnnotations
            .Select(key => descriptor.Annotations?.GetValueOrDefault(key))
            .FirstOrDefault(name => name is not null && name.AsSpan().ContainsAny(':', '/') && ImageReference.TryParse(name, out _));
}
