using Boreal.Api.Apps;
using Boreal.Daemon.Apps;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Verbs;

namespace Boreal.Daemon.Endpoints.Apps;

/// <summary>Apps as a whole: list, inspect, put, watch, remove.</summary>
internal sealed class AppEndpoints(AppsHost host) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Get("/boreal/v1/apps", ListAsync);
        routes.Get("/boreal/v1/apps/{app}", InspectAsync);
        routes.Put("/boreal/v1/apps/{app}", PutAsync);
        routes.Delete("/boreal/v1/apps/{app}", RemoveAsync);
        routes.Get("/boreal/v1/apps/{app}/watch", WatchAsync);
    }

    private Task ListAsync(HttpContext context) =>
        context.AnswerJsonAsync(host.Find()?.List() ?? [], AppsJsonContext.Default.IReadOnlyListAppSummary);

    private Task InspectAsync(HttpContext context) => Guarded(() =>
        context.AnswerJsonAsync(Require(host, context.RouteValue("app")).Inspect(context.RouteValue("app")), AppsJsonContext.Default.AppInspect));

    private Task PutAsync(HttpContext context) => Guarded(async () =>
    {
        var spec = await context.ReadJsonAsync(AppsJsonContext.Default.AppSpec);
        var verbs = await host.OpenAsync(CancellationToken.None);
        await context.AnswerJsonAsync(await verbs.PutAsync(context.RouteValue("app"), spec, CancellationToken.None), AppsJsonContext.Default.AppInspect);
    });

    private Task RemoveAsync(HttpContext context) => Guarded(async () =>
    {
        var app = context.RouteValue("app");
        await Require(host, app).RemoveAsync(app, Removal(context), CancellationToken.None);
        await context.AnswerAsync(StatusCodes.Status204NoContent);
    });

    /// <summary>Services as they are and as they change, one JSON document per line, until the client leaves.</summary>
    private async Task WatchAsync(HttpContext context)
    {
        // An app that does not exist yet can be watched: it comes, perhaps, in a moment.
        var verbs = await host.OpenAsync(CancellationToken.None);
        await context.StartStreamAsync("application/json", context.Gone());
        await foreach (var service in verbs.WatchAsync(context.RouteValue("app"), context.Gone()))
            await context.SendJsonLineAsync(service, AppsJsonContext.Default.ServiceInspect, context.Gone());
    }

    /// <summary>The verbs, where there is any app.</summary>
    public static AppVerbs Require(AppsHost host, string app) =>
        host.Find() ?? throw new EngineException(ErrorKind.NotFound, $"no such app: {app}: 'boreal app ls' lists the apps");

    /// <summary>Query <c>v</c>: anonymous volumes too; <c>t</c>: seconds from stop signal to SIGKILL.</summary>
    public static RemoveOptions Removal(HttpContext context) =>
        new(context.QueryBool("v"), context.QueryInt("t") is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    public static async Task Guarded(Func<Task> verb)
    {
        try
        {
            await verb();
        }
        catch (AppException exception)
        {
            throw EngineFailures.ToEngine(exception);
        }
    }
}
