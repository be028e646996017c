using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Absent;

/// <summary>The cluster's routes answer as an engine that is in none, in Docker's words, which clients know.</summary>
internal sealed class SwarmEndpoints : IEndpoints
{
    private const string NoManager =
        "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.";

    private static readonly string[] ManagerRoutes =
    [
        "GET /swarm", "POST /swarm/update", "GET /swarm/unlockkey", "POST /swarm/unlock",
        "GET /nodes", "GET /nodes/{id}", "DELETE /nodes/{id}", "POST /nodes/{id}/update",
        "GET /services", "GET /services/{id}", "POST /services/create", "POST /services/{id}/update", "DELETE /services/{id}", "GET /services/{id}/logs",
        "GET /tasks", "GET /tasks/{id}", "GET /tasks/{id}/logs",
        "GET /secrets", "POST /secrets/create", "GET /secrets/{id}", "DELETE /secrets/{id}", "POST /secrets/{id}/update",
        "GET /configs", "POST /configs/create", "GET /configs/{id}", "DELETE /configs/{id}", "POST /configs/{id}/update",
    ];

    public void Map(RouteTable routes)
    {
        routes.AddAll(ManagerRoutes, _ => throw new EngineException(ErrorKind.Unavailable, NoManager));
        routes.Post("/swarm/leave", _ => throw new EngineException(ErrorKind.Unavailable, "This node is not part of a swarm"));
        routes.AddAll(["POST /swarm/init", "POST /swarm/join"], _ => throw new EngineException(ErrorKind.NotImplemented, "swarm mode is not supported by this version of Boreal"));
    }
}
