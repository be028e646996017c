using Boreal.Build.Builds;
using Boreal.Oci.Content;

namespace Boreal.Build.Sources;

/// <summary>Small blobs of a client's store.</summary>
internal static class ClientDocument
{
    /// <exception cref="BuildException">It is larger than it may be, or not what its digest says.</exception>
    public static async Task<byte[]> ReadAsync(IClientContent content, Digest blob, (string Name, int Most) store, CancellationToken cancellationToken)
    {
        await using var bytes = await content.OpenAsync(blob, cancellationToken);
        var target = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await bytes.ReadAsync(buffer, cancellationToken)) > 0)
        {
            target.Write(buffer, 0, count);
            if (target.Length > store.Most)
                throw new BuildException($"{blob} of {store.Name} has more than {store.Most} bytes");
        }

        return Digest.Of(blob.Algorithm, target.ToArray()) == blob ? target.ToArray() : throw new BuildException($"{blob} of {store.Name} is not what its digest says");
    }
}
