using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Json;
using Boreal.Registry.Origins;
using Boreal.Registry.Permissions;
using Boreal.Registry.Repositories;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Listing;

/// <summary><c>tags/list</c> and <c>_catalog</c>.</summary>
internal sealed class ListEndpoints(RepositoryStore repositories, IAccess access, IOrigin? origin)
{
    public async Task TagsAsync(HttpContext context, RepositoryName repository)
    {
        RequireGet(context);
        await access.RequireAsync(context, AccessQuestion.Of(repository, RepositoryActions.Pull));
        if (origin is not null && await origin.TryListAsync(context, repository))
            return;
        var page = Page.Of(context.Request);
        var found = await repositories.FindAsync(repository) ?? throw RegistryException.NameUnknown(repository.Value);
        var rest = page.Rest(found.State.TagNames);
        var tags = (page.Count is { } count ? rest.Take(count) : rest).ToList();
        if (page.Count > 0 && tags.Count == page.Count && tags[^1] != found.State.TagNames.LastOrDefault())
            Page.Link(context, tags.Count, tags[^1]);
        await context.AnswerJsonAsync(new TagList(repository.Value, tags), RegistryJson.Plain.TagList);
    }

    /// <summary>Only what the caller may pull is listed.</summary>
    public async Task CatalogAsync(HttpContext context)
    {
        RequireGet(context);
        await access.RequireAsync(context, AccessQuestion.Catalog);
        if (origin is not null && await origin.TryListAsync(context, null))
            return;
        var page = Page.Of(context.Request);
        var names = new List<string>();
        foreach (var name in page.Rest(repositories.Names))
        {
            if (!(await access.AskAsync(context, AccessQuestion.Listing(RepositoryName.Parse(name)))).IsGranted)
                continue;
            if (names.Count == page.Count)
            {
                if (names.Count > 0)
                    Page.Link(context, names.Count, names[^1]);
                break;
            }
            names.Add(name);
        }
        await context.AnswerJsonAsync(new Catalog(names), RegistryJson.Plain.Catalog);
    }

    private static void RequireGet(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            throw RegistryException.Unsupported("lists can be read");
    }
}
