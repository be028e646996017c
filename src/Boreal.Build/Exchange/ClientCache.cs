using Boreal.Build.Builds;
using Boreal.Build.Progress;
using Boreal.Build.Sources;
using Boreal.Oci.Content;

namespace Boreal.Build.Exchange;

/// <summary>A cache in a folder of the client.</summary>
internal sealed class ClientCache(IClientContent content, ILayerOrigin origin)
{
    private const int LargestDocument = 32 << 20;

    /// <exception cref="BuildException">There is none, or it is malformed.</exception>
    public async Task<IReadOnlyList<ImportedStep>> ReadAsync(Digest manifest, BuildStep step, CancellationToken cancellationToken)
    {
        var named = ManifestCache.Read(await ReadAsync(manifest, LargestDocument, cancellationToken), origin.Name);
        named.Tell(step);
        return named.Document is { } document ? CacheReader.Read(await ReadAsync(document.Digest, LargestDocument, cancellationToken), named.Layers, origin) : [];
    }

    private Task<byte[]> ReadAsync(Digest blob, int most, CancellationToken cancellationToken) => ClientDocument.ReadAsync(content, blob, (origin.Name, most), cancellationToken);
}
