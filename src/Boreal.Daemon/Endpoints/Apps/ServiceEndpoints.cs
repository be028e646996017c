using Boreal.Api.Apps;
using Boreal.Daemon.Apps;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Orchestrator.Verbs;

namespace Boreal.Daemon.Endpoints.Apps;

/// <summary>One service of an app. What changes it is answered when the wish is kept; the rest is seen by watching.</summary>
internal sealed class ServiceEndpoints(AppsHost host) : IEndpoints
{
    private const string Service = "/boreal/v1/apps/{app}/services/{service}";

    public void Map(RouteTable routes)
    {
        routes.Get(Service, Ask((verbs, app, service, context) => context.AnswerJsonAsync(verbs.Inspect(app, service), AppsJsonContext.Default.ServiceInspect)));
        routes.Put(Service, PutAsync);
        routes.Delete(Service, Change((verbs, app, service, context) => verbs.RemoveAsync(app, service, AppEndpoints.Removal(context), CancellationToken.None)));
        routes.Get(Service + "/tasks", Ask((verbs, app, service, context) => context.AnswerJsonAsync(verbs.Inspect(app, service).Tasks, AppsJsonContext.Default.IReadOnlyListTaskSummary)));
        routes.Get(Service + "/history", Ask((verbs, app, service, context) => context.AnswerJsonAsync(verbs.History(app, service), AppsJsonContext.Default.ServiceHistory)));
        routes.Get(Service + "/why", Ask((verbs, app, service, context) => context.AnswerJsonAsync(verbs.Why(app, service), AppsJsonContext.Default.WhyReport)));
        routes.Post(Service + "/scale", Change((verbs, app, service, context) => verbs.ScaleAsync(app, service, Replicas(context), CancellationToken.None)));
        routes.Post(Service + "/rollback", Change((verbs, app, service, context) => verbs.RollBackAsync(app, service, new PutOptions(context.QueryLong("version")), CancellationToken.None)));
        routes.Post(Service + "/restart", Change((verbs, app, service, _) => verbs.RestartAsync(app, service, CancellationToken.None)));
        routes.Post(Service + "/stop", Change((verbs, app, service, context) => verbs.StopAsync(app, service, AppEndpoints.Removal(context), CancellationToken.None)));
        routes.Get(Service + "/autoscale", Ask((verbs, app, service, context) => context.AnswerJsonAsync(verbs.Autoscale.Show(app, service), AppsJsonContext.Default.AutoscaleReport)));
        routes.Put(Service + "/autoscale", Change(async (verbs, app, service, context) =>
        {
            using var settings = await context.ReadJsonAsync(AppsJsonContext.Default.JsonDocument);
            await verbs.Autoscale.SetAsync(app, service, settings.RootElement.Clone(), CancellationToken.None);
        }));
        routes.Delete(Service + "/autoscale", Change((verbs, app, service, _) => verbs.Autoscale.SetAsync(app, service, null, CancellationToken.None)));
        routes.Post(Service + "/autoscale/pause", Change((verbs, app, service, _) => verbs.Autoscale.PauseAsync(app, service, CancellationToken.None)));
        routes.Post(Service + "/autoscale/resume", Change((verbs, app, service, _) => verbs.Autoscale.ResumeAsync(app, service, CancellationToken.None)));
        routes.Post(Service + "/start", Change((verbs, app, service, _) => verbs.StartAsync(app, service, CancellationToken.None)));
    }

    private Task PutAsync(HttpContext context) => AppEndpoints.Guarded(async () =>
    {
        var spec = await context.ReadJsonAsync(AppsJsonContext.Default.ServiceSpec);
        var name = context.RouteValue("service");
        if (spec.Name is "")
            spec.Name = name;
        if (spec.Name != name)
            throw new EngineException(ErrorKind.Invalid, $"the service of the path is {name}, the one of the body {spec.Name}: make them equal");
        var verbs = await host.OpenAsync(CancellationToken.None);
        var answer = await verbs.PutAsync(context.RouteValue("app"), spec, new PutOptions(context.QueryLong("version")), CancellationToken.None);
        await context.AnswerJsonAsync(answer, AppsJsonContext.Default.ServiceInspect);
    });

    private RequestDelegate Ask(Func<AppVerbs, string, string, HttpContext, Task> question) => context => AppEndpoints.Guarded(() =>
    {
        var app = context.RouteValue("app");
        return question(AppEndpoints.Require(host, app), app, context.RouteValue("service"), context);
    });

    private RequestDelegate Change(Func<AppVerbs, string, string, HttpContext, Task> verb) => Ask(async (verbs, app, service, context) =>
    {
        await verb(verbs, app, service, context);
        await context.AnswerAsync(StatusCodes.Status204NoContent);
    });

    private static int Replicas(HttpContext context) =>
        context.QueryInt("replicas") ?? throw new EngineException(ErrorKind.Invalid, "how many? give replicas=NUMBER");
}
