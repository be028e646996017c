using Boreal.Api.Volumes;
using Boreal.Daemon.Endpoints.Containers.Listing;
using Boreal.Daemon.Http;
using Boreal.Engine.Volumes;

namespace Boreal.Daemon.Endpoints.Volumes;

/// <summary>Volumes, by name.</summary>
internal sealed class VolumeListEndpoints(VolumeStore volumes) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Get("/volumes", ListAsync);

    private Task ListAsync(HttpContext context)
    {
        var filters = context.QueryFilters().Validate("dangling", "driver", "label", "name");
        bool? dangling = filters.Has("dangling") ? filters.GetBool("dangling", whenMissing: false) : null;
        var names = new PatternSet(filters.Get("name"));
        var found = volumes.List().Where(volume =>
            (dangling is null || dangling == (volume.Users.Count == 0))
            && filters.Matches("driver", volume.Spec.Driver)
            && (names.IsEmpty || names.Matches(volume.Name))
            && filters.MatchesLabels("label", volume.Spec.Labels ?? NoLabels));
        var answer = new VolumeListResponse { Volumes = [.. found.Select(VolumeView.Describe)] };
        return context.AnswerJsonAsync(answer, VolumesJsonContext.Default.VolumeListResponse);
    }

    private static Dictionary<string, string> NoLabels { get; } = [];
}
