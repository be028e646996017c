using Boreal.Oci.Content;

namespace Boreal.Registry.Blobs;

/// <summary>A digest's lock is held while its names change, and while it is decided that they may go.</summary>
internal sealed class BlobLocks
{
    private readonly Lock[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    public Lock Of(Digest digest) => _locks[Convert.ToInt32(digest.Hex[..2], 16) % _locks.Length];
}
