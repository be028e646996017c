using Boreal.Api.Node;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>Checking credentials needs a registry client, which this version does not have: nothing is claimed to be valid.</summary>
internal sealed class AuthEndpoints : IEndpoints
{
    private const string DefaultRegistry = "https://index.docker.io/v1/";

    public void Map(RouteTable routes) => routes.Post("/auth", Check);

    private static async Task Check(HttpContext context)
    {
        var request = await context.ReadOptionalJsonAsync(NodeJsonContext.Default.AuthRequest) ?? new AuthRequest();
        var registry = request.ServerAddress.Length > 0 ? request.ServerAddress : DefaultRegistry;
        throw new EngineException(ErrorKind.NotImplemented, $"logging in to {registry}: registries are not supported by this version of Boreal");
    }
}
