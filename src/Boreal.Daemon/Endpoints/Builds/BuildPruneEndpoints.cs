using Boreal.Api.Builds;
using Boreal.Build.Builds;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Engine.Events;

namespace Boreal.Daemon.Endpoints.Builds;

/// <summary>The build cache's cleaning. The builder is made when it is first asked for.</summary>
internal sealed class BuildPruneEndpoints(Func<IBuilder> builder, EventLog events, TimeProvider time) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Post("/build/prune", PruneAsync);

    private async Task PruneAsync(HttpContext context)
    {
        var rule = PruneQuery.Read(context, time.GetUtcNow());
        var removed = new List<CacheRecord>();
        try
        {
            await foreach (var record in builder().PruneCacheAsync(rule, CancellationToken.None))
                removed.Add(record);
        }
        catch (BuildException exception)
        {
            throw new EngineException(ErrorKind.Invalid, $"failed to prune build cache: {exception.Message}", exception);
        }

        var reclaimed = removed.Sum(record => record.Size);
        events.Publish("builder", "prune", "", new Dictionary<string, string> { ["reclaimed"] = $"{reclaimed}" });
        var response = new BuildPruneResponse { CachesDeleted = removed.Count == 0 ? null : [.. removed.Select(record => record.Id)], SpaceReclaimed = reclaimed };
        await context.AnswerJsonAsync(response, BuildsJsonContext.Default.BuildPruneResponse);
    }
}
