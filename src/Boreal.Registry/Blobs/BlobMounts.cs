using Boreal.Oci.Content;
using Boreal.Registry.Permissions;
using Boreal.Registry.Repositories;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Blobs;

/// <summary>Blobs that another repository has need not be sent again, if the caller may read them there.</summary>
internal sealed class BlobMounts(BlobStore blobs, RepositoryStore repositories, IAccess access)
{
    // Without a source it has to be searched for; a registry that large is better served by a push.
    private const int MostCandidates = 10_000;

    /// <summary>False when the blob has to be pushed, whatever the reason: it must not be told apart.</summary>
    public async Task<bool> TryMountAsync(HttpContext context, RepositoryName to, Digest digest)
    {
        if (blobs.SizeOf(to, digest) is not null)
            return true;
        var from = (string?)context.Request.Query["from"];
        if (!string.IsNullOrEmpty(from))
            return RepositoryName.TryParse(from, out var source) && await TryMountAsync(context, source, to, digest);
        foreach (var name in repositories.Places.Take(MostCandidates))
        {
            if (blobs.Has(name, digest) && await TryMountAsync(context, name, to, digest))
                return true;
        }
        return false;
    }

    private async Task<bool> TryMountAsync(HttpContext context, RepositoryName from, RepositoryName to, Digest digest) =>
        (await access.AskAsync(context, AccessQuestion.Of(from, RepositoryActions.Pull))).IsGranted && Mount(from, to, digest);

    private bool Mount(RepositoryName from, RepositoryName to, Digest digest)
    {
        if (!blobs.TryMount(from, to, digest))
            return false;
        repositories.Remember(to);
        return true;
    }
}
