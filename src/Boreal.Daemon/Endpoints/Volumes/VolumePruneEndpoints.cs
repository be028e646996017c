using Boreal.Api.Volumes;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Engine.Volumes;

namespace Boreal.Daemon.Endpoints.Volumes;

/// <summary>All volumes that no container has, removed at once: those nobody named, or with the filter <c>all</c> every one.</summary>
internal sealed class VolumePruneEndpoints(VolumePruner pruner) : IEndpoints
{
    private static readonly ApiVersion SparesNamed = new(1, 42);

    public void Map(RouteTable routes) => routes.Post("/volumes/prune", PruneAsync);

    private async Task PruneAsync(HttpContext context)
    {
        var filters = context.QueryFilters().Validate("all", "label", "label!");
        var all = All(filters, context.ApiVersion() < SparesNamed);
        var pruned = await Task.Run(() => pruner.Prune(
            volume =>
            {
                var labels = volume.Spec.Labels ?? new Dictionary<string, string>();
                return (all || volume.Spec.IsAnonymous)
                    && filters.MatchesLabels("label", labels)
                    && (!filters.Has("label!") || !filters.MatchesLabels("label!", labels));
            },
            context.Gone()));
        var answer = new VolumesPruneResponse { VolumesDeleted = pruned.Removed, SpaceReclaimed = (ulong)pruned.SpaceReclaimed };
        await context.AnswerJsonAsync(answer, VolumesJsonContext.Default.VolumesPruneResponse);
    }

    // To old clients the filter is sent as if they had sent it.
    private static bool All(FilterSet filters, bool always)
    {
        var values = filters.Get("all").Concat(always ? ["true"] : Array.Empty<string>()).Distinct().ToList();
        if (values.Count > 1)
            throw new EngineException(ErrorKind.Invalid, $"invalid filter 'all=[{string.Join(' ', values)}]': only one value is expected");
        return values switch
        {
            [] => false,
            ["1" or "t" or "T" or "TRUE" or "true" or "True"] => true,
            ["0" or "f" or "F" or "FALSE" or "false" or "False"] => false,
            [var other] => throw new EngineException(ErrorKind.Invalid, $"invalid filter 'all': strconv.ParseBool: parsing \"{other}\": invalid syntax"),
            _ => throw new InvalidOperationException("more than one value was refused above"),
        };
    }
}
