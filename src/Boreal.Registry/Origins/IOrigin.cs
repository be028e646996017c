using Boreal.Oci.Content;
using Boreal.Registry.Repositories;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Origins;

/// <summary>Where a registry that is a cache gets what it lacks. Such a registry takes no pushes and deletes.</summary>
internal interface IOrigin
{
    /// <summary>
    /// Has the manifest here, and as new as it must be, when it returns; what it throws the client reads. Asked before each
    /// answer about a manifest.
    /// </summary>
    Task RefreshAsync(HttpContext context, RepositoryName repository, ManifestReference reference);

    /// <summary>Answers a GET or HEAD for a blob that is not here; false when the origin does not have it either.</summary>
    Task<bool> TryAnswerAsync(HttpContext context, RepositoryName repository, Digest digest);

    /// <summary>Answers a list of tags or repositories or referrers; false to have it answered from what is here.</summary>
    Task<bool> TryListAsync(HttpContext context, RepositoryName? repository);
}
