using System.Collections.Immutable;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.Images;
using Boreal.Registry.Http;
using Boreal.Registry.Json;
using Boreal.Registry.Listing;
using Boreal.Registry.Repositories;
using Boreal.Registry.Routing;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Proxying;

/// <summary>Answers lists as the upstream has them. When it has no answer, what is here is listed.</summary>
internal sealed class ListRelay(Upstream upstream)
{
    private const int MostTags = 100_000;

    /// <returns>False when the upstream gave no answer.</returns>
    public async Task<bool> TryAnswerAsync(HttpContext context, RepositoryName repository)
    {
        if (upstream.IsAway || RegistryRoute.Match(context.Request.Path.Value ?? "") is not { } route)
            return false;
        try
        {
            if (route.Kind is RouteKind.Tags)
                await TagsAsync(context, repository);
            else if (route.Kind is RouteKind.Referrers)
                await ReferrersAsync(context, repository, Digests.Parse(route.Reference));
            else
                return false;
            return true;
        }
        catch (DistributionException e)
        {
            upstream.Note(e);
            return false;
        }
    }

    private async Task TagsAsync(HttpContext context, RepositoryName repository)
    {
        var page = Page.Of(context.Request);
        var all = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        await foreach (var tag in upstream.Open(repository).ListTagsAsync(context.RequestAborted))
        {
            if (all.Count < MostTags)
                all.Add(tag);
        }
        var rest = page.Rest(all.ToImmutable());
        var tags = (page.Count is { } count ? rest.Take(count) : rest).ToList();
        if (page.Count > 0 && tags.Count == page.Count && tags[^1] != all.Max)
            Page.Link(context, tags.Count, tags[^1]);
        await context.AnswerJsonAsync(new TagList(repository.Value, tags), RegistryJson.Plain.TagList);
    }

    private async Task ReferrersAsync(HttpContext context, RepositoryName repository, Digest subject)
    {
        var artifactType = (string?)context.Request.Query["artifactType"];
        var found = await upstream.Open(repository).ReferrersAsync(subject, string.IsNullOrEmpty(artifactType) ? null : artifactType, context.RequestAborted);
        if (!string.IsNullOrEmpty(artifactType))
            context.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        await context.AnswerJsonAsync(new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = found }, OciJson.Plain.ImageIndex, MediaTypes.OciIndex);
    }
}
