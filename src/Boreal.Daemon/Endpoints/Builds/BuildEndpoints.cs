using Boreal.Build.Classic;
using Boreal.Daemon.Endpoints.Images;
using Boreal.Daemon.Http;

namespace Boreal.Daemon.Endpoints.Builds;

/// <summary>Builds over plain HTTP. What they need is made when it is first asked for.</summary>
internal sealed class BuildEndpoints(Func<ClassicBuilder> classic) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Post("/build", Build);

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
}
