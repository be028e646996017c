using Boreal.Api.Builds;
using Boreal.Build.Builds;
using Boreal.Build.Classic;
using Boreal.Daemon.Endpoints.Images;
using Boreal.Daemon.Http;

namespace Boreal.Daemon.Endpoints.Builds;

/// <summary>Builds over plain HTTP, and the cache's cleaning. What they need is made when it is first asked for.</summary>
internal sealed class BuildEndpoints(Func<ClassicBuilder> classic, Func<IBuilder> builder) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Post("/build", Build);
        routes.Post("/build/prune", Prune);
    }

    private async Task Build(HttpContext context)
    {
        var request = BuildQuery.Read(context);
        var answer = new ProgressAnswer(context);
        await answer.RunAsync(() => BuildAsync(request, answer, context), context.Gone());
    }

    private async Task BuildAsync(ClassicRequest request, ProgressAnswer answer, HttpContext context)
    {
        try
        {
            await classic().BuildAsync(request, context.Request.Body, new ClassicAnswer(answer), context.Gone());
        }
        catch (Exception exception)
        {
            throw ProgressAnswer.Translate(exception);
        }
    }

    private async Task Prune(HttpContext context)
    {
        var rule = new CacheRule { All = context.QueryBool("all"), ReservedSpace = context.QueryLong("keep-storage") ?? context.QueryLong("reserved-space") ?? 0 };
        var removed = new List<CacheRecord>();
        await foreach (var record in builder().PruneCacheAsync(rule, CancellationToken.None))
            removed.Add(record);
        var response = new BuildPruneResponse { CachesDeleted = [.. removed.Select(record => record.Id)], SpaceReclaimed = removed.Sum(record => record.Size) };
        await context.AnswerJsonAsync(response, BuildsJsonContext.Default.BuildPruneResponse);
    }
}
