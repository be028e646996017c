using Boreal.Build.Progress;
using Boreal.Engine.Transfers;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.References;

namespace Boreal.Build.Exchange;

/// <summary>A cache in a registry: one of its own, or what images carry of theirs.</summary>
internal sealed class RegistryCache(Repository repository, ILayerOrigin origin)
{
    private const int LargestDocument = 32 << 20;
    private const int LargestConfig = 8 << 20;
    private const int MostImages = 16;

    public async Task<IReadOnlyList<ImportedStep>> ReadAsync(BuildStep step, CancellationToken cancellationToken)
    {
        var reference = repository.Reference;
        var named = await ReadManifestAsync(reference.Digest?.Value ?? reference.Tag ?? ImageReference.DefaultTag, cancellationToken);
        named.Tell(step);
        if (named.Document is { } document)
            return CacheReader.Read(await repository.GetBlobAsync(document, LargestDocument, cancellationToken), named.Layers, origin);
        var steps = new List<ImportedStep>();
        foreach (var image in PlatformChoice.Select(named.Manifests, PlatformChoice.Host).Take(MostImages))
            steps.AddRange(await ReadImageAsync(await ReadManifestAsync(image.Digest.Value, cancellationToken), cancellationToken));
        steps.AddRange(await ReadImageAsync(named, cancellationToken));
        return steps;
    }

    private async Task<ManifestCache> ReadManifestAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        ManifestCache.Read((await repository.GetManifestAsync(tagOrDigest, cancellationToken)).Content.Span, origin.Name);

    private async Task<IReadOnlyList<ImportedStep>> ReadImageAsync(ManifestCache image, CancellationToken cancellationToken) =>
        image.Config is { MediaType: MediaTypes.OciConfig or MediaTypes.DockerConfig } config
            ? ImageCache.Read(await repository.GetBlobAsync(config, LargestConfig, cancellationToken), image.Layers, origin)
            : [];
}
