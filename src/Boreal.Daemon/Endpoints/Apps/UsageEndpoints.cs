using Boreal.Api.Apps;
using Boreal.Daemon.Apps;
using Boreal.Daemon.Http;
using Boreal.Engine.Networks.Balancing;
using Boreal.Orchestrator.Traffic;
using Boreal.Orchestrator.Verbs;

namespace Boreal.Daemon.Endpoints.Apps;

/// <summary>What services use.</summary>
internal sealed class UsageEndpoints(AppsHost host, IngressHost ingress, Func<ServiceBalancer> balancer) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Get("/boreal/v1/usage", context => host.Find() is { } verbs
            ? AnswerAsync(context, verbs, app: null)
            : context.AnswerJsonAsync([], AppsJsonContext.Default.IReadOnlyListServiceUsage));
        routes.Get("/boreal/v1/apps/{app}/usage", context => AppEndpoints.Guarded(() =>
        {
            var app = context.RouteValue("app");
            return AnswerAsync(context, AppEndpoints.Require(host, app), app);
        }));
    }

    private async Task AnswerAsync(HttpContext context, AppVerbs verbs, string? app)
    {
        var services = verbs.Usage(app);
        var connections = await balancer().CountConnectionsAsync(context.Gone());
        await context.AnswerJsonAsync([.. services.Select(service => Complete(service, connections))], AppsJsonContext.Default.IReadOnlyListServiceUsage);
    }

    private ServiceUsage Complete(ServiceUsage service, IReadOnlyDictionary<string, int> connections)
    {
        var id = $"{service.App}/{service.Name}";
        return service with
        {
            Connections = connections.TryGetValue(id, out var count) ? count : null,
            Traffic = ingress.Find()?.TrafficOf(id) is { } traffic ? Describe(traffic) : null,
        };
    }

    private static TrafficUsage Describe(ServiceTraffic traffic) => new()
    {
        Requests = traffic.Began,
        InFlight = traffic.InFlight,
        Failed = traffic.Failed,
        ResponseTimes = [.. traffic.Times.Counts.Select((count, bucket) => new ResponseTimeBucket(ResponseTimes.EndOf(bucket), count)).Where(bucket => bucket.Count > 0)],
    };
}
