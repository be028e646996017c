using Boreal.Api.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;

namespace Boreal.Daemon.Endpoints.Containers;

/// <summary>All stopped containers removed at once.</summary>
internal sealed class ContainerPruneEndpoints(ContainerPruner pruner, TimeProvider time) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Post("/containers/prune", PruneAsync);

    private async Task PruneAsync(HttpContext context)
    {
        var filters = context.QueryFilters().Validate("label", "label!", "until");
        var until = filters.Get("until").Select(text => TimeReference.Parse(text, time.GetUtcNow())).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var pruned = await pruner.PruneAsync(
            container => container.Spec.Created < until
                && filters.MatchesLabels("label", container.Spec.Labels)
                && (!filters.Has("label!") || !filters.MatchesLabels("label!", container.Spec.Labels)),
            context.Gone());
        var answer = new ContainersPruneResponse
        {
            ContainersDeleted = pruned.Removed.Count == 0 ? null : [.. pruned.Removed.Select(id => id.Value)],
            SpaceReclaimed = (ulong)pruned.SpaceReclaimed,
        };
        await context.AnswerJsonAsync(answer, ContainersJsonContext.Default.ContainersPruneResponse);
    }
}
