using Boreal.Build.Builds;
using Boreal.Build.Progress;
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

    private async Task<byte[]> ReadAsync(Digest blob, int most, CancellationToken cancellationToken)
    {
        await using var bytes = await content.OpenAsync(blob, cancellationToken);
        var target = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await bytes.ReadAsync(buffer, cancellationToken)) > 0)
        {
            target.Write(buffer, 0, count);
            if (target.Length > most)
                throw new BuildException($"{blob} of {origin.Name} has more than {most} bytes");
        }

        return Digest.Of(blob.Algorithm, target.ToArray()) == blob ? target.ToArray() : throw new BuildException($"{blob} of {origin.Name} is not what its digest says");
    }
}
