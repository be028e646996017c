using Boreal.Daemon.Http;

namespace Boreal.Daemon.Metrics;

/// <summary>The metrics on the engine's own sockets.</summary>
internal sealed class MetricsEndpoints(MetricsDocument document) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Get("/metrics", document.AnswerAsync);
        routes.Head("/metrics", document.AnswerAsync);
    }
}
