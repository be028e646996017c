using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Origins;
using Boreal.Registry.Permissions;
using Boreal.Registry.Repositories;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Manifests;

/// <summary><c>/v2/NAME/manifests/REFERENCE</c>.</summary>
internal sealed class ManifestEndpoints(
    RepositoryStore repositories, BlobStore blobs, ManifestStore manifests, ManifestReceiver receiver, IAccess access, IOrigin? origin, RegistryOptions options)
{
    public async Task HandleAsync(HttpContext context, RepositoryName repository, string reference)
    {
        var method = context.Request.Method;
        var actions = HttpMethods.IsDelete(method) ? RepositoryActions.Delete
            : HttpMethods.IsPut(method) ? RepositoryActions.Pull | RepositoryActions.Push
            : RepositoryActions.Pull;
        await access.RequireAsync(context, AccessQuestion.Of(repository, actions));
        var parsed = ManifestReference.Parse(reference);
        var isRead = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        if (origin is not null && !isRead)
            throw RegistryException.Unsupported("this registry is a cache of another one: push and delete there");
        if (isRead)
            await GetAsync(context, repository, parsed);
        else if (HttpMethods.IsPut(method))
            await receiver.PutAsync(context, repository, parsed);
        else if (HttpMethods.IsDelete(method))
            await DeleteAsync(context, repository, parsed);
        else
            throw RegistryException.Unsupported("manifests can be read, pushed and deleted");
    }

    private async Task GetAsync(HttpContext context, RepositoryName repository, ManifestReference reference)
    {
        if (origin is not null)
            await origin.RefreshAsync(context, repository, reference);
        var found = await repositories.FindAsync(repository) ?? throw RegistryException.ManifestUnknown(reference.Text);
        var entry = found.State.Find(reference) ?? throw RegistryException.ManifestUnknown(reference.Text);
        // What is stored is what is served, whatever is accepted: a converted manifest would have another digest.
        var response = context.Response;
        response.ContentType = entry.MediaType;
        response.ContentLength = entry.Size;
        response.Headers[Answers.DigestHeader] = entry.Digest.Value;
        response.Headers.ETag = $"\"{entry.Digest.Value}\"";
        if (context.Request.Headers.IfNoneMatch == response.Headers.ETag)
        {
            response.ContentLength = null;
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        var content = await manifests.TryReadAsync(repository, entry.Digest, entry.Size) ?? throw RegistryException.ManifestUnknown(reference.Text);
        await response.Body.WriteAsync(content, context.RequestAborted);
    }

    private async Task DeleteAsync(HttpContext context, RepositoryName repository, ManifestReference reference)
    {
        if (!options.AllowDelete)
            throw RegistryException.Unsupported("deleting is switched off on this registry");
        var found = await repositories.FindAsync(repository) ?? throw RegistryException.NameUnknown(repository.Value);
        await found.ChangeAsync(
            state =>
            {
                var entry = state.Find(reference) ?? throw RegistryException.ManifestUnknown(reference.Text);
                if (reference.Digest is null)
                    return state.WithoutTag(reference.Tag);
                // The bytes first: an index that is left may name this manifest still, and would bring it back at the next start.
                blobs.TryDelete(repository, entry.Digest);
                return state.Without(entry);
            },
            context.RequestAborted);
        context.Answer(StatusCodes.Status202Accepted);
    }
}
