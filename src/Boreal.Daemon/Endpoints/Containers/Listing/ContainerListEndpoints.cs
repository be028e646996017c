using Boreal.Api.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;

namespace Boreal.Daemon.Endpoints.Containers.Listing;

/// <summary>Containers, newest first. Reads snapshots only: no container, whatever state it is in, can hold a list up.</summary>
internal sealed class ContainerListEndpoints(ContainerRegistry containers, ImageStore images, Snapshots snapshots, SummaryView view, TimeProvider time) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Get("/containers/json", ListAsync);

    private Task ListAsync(HttpContext context)
    {
        var query = new ListQuery(context.QueryFilters());
        var limit = context.QueryInt("limit") ?? 0;
        var all = context.QueryBool("all") || limit > 0 || query.ImpliesAll;
        var names = new ImageNames(images);
        var now = time.GetUtcNow();
        var version = context.ApiVersion();
        var found = new List<ContainerSummary>();
        foreach (var container in Select(query, all))
        {
            var summary = view.Describe(container, names.Of(container.Spec), now, version);
            found.Add(context.QueryBool("size") ? WithSize(summary, container) : summary);
            if (found.Count == limit)
                break;
        }
        return context.AnswerJsonAsync(found, ContainersJsonContext.Default.IReadOnlyListContainerSummary);
    }

    private IEnumerable<Container> Select(ListQuery query, bool all)
    {
        if (query.WantsTasks)
            return [];
        IEnumerable<Container> candidates = containers.List();
        foreach (var reference in query.Before)
        {
            var before = containers.Find(reference);
            candidates = candidates.SkipWhile(container => container != before).Skip(1);
        }
        foreach (var reference in query.Since)
        {
            var since = containers.Find(reference);
            candidates = candidates.TakeWhile(container => container != since);
        }
        var ancestors = query.Ancestors.Count == 0 ? null : new ImageNames(images).Descendants(query.Ancestors);
        return candidates.Where(container => (all || container.Status.IsRunning) && query.Matches(container, ancestors));
    }

    private ContainerSummary WithSize(ContainerSummary summary, Container container)
    {
        var own = snapshots.SizeRw(container.Id);
        var image = images.TryFind(container.Spec.ImageId)?.Size ?? 0;
        return summary with { SizeRw = own is 0 ? null : own, SizeRootFs = own + image is 0 ? null : own + image };
    }
}
