using Boreal.Daemon.Http;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>Whether the engine is there, and what it speaks.</summary>
internal sealed class PingEndpoints : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Get("/_ping", Get);
        routes.Head("/_ping", Head);
    }

    private static async Task Get(HttpContext context)
    {
        AddHeaders(context.Response);
        context.Response.ContentLength = 2;
        await context.Response.Body.WriteAsync("OK"u8.ToArray());
    }

    private static Task Head(HttpContext context)
    {
        AddHeaders(context.Response);
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static void AddHeaders(HttpResponse response)
    {
        response.Headers["Builder-Version"] = "2";
        response.Headers["Swarm"] = "inactive";
        response.Headers.CacheControl = "no-cache, no-store, must-revalidate";
        response.Headers.Pragma = "no-cache";
        response.ContentType = "text/plain; charset=utf-8";
    }
}
