using Boreal.Api.Networks;
using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;

namespace Boreal.Daemon.Endpoints.Networks;

/// <summary>Containers connected to networks and taken off.</summary>
internal sealed class ConnectionEndpoints(ContainerRegistry containers, NetworkRegistry networks, ContainerConnector connector) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Post("/networks/{id*}/connect", ConnectAsync);
        routes.Post("/networks/{id*}/disconnect", DisconnectAsync);
    }

    private async Task ConnectAsync(HttpContext context)
    {
        var request = await context.ReadOptionalJsonAsync(NetworksJsonContext.Default.NetworkConnectRequest) ?? new NetworkConnectRequest();
        var container = Find(request.Container);
        var network = networks.Find(context.RouteValue("id"));
        var asked = EndpointMapping.ToSpec(network.Name, request.EndpointConfig ?? new Api.Containers.EndpointSettings());
        EndpointMapping.Check(asked, network, network.Definition.IsPredefined);
        await connector.ConnectAsync(container, network.Id, asked, CancellationToken.None);
        await context.AnswerAsync(StatusCodes.Status200OK);
    }

    private async Task DisconnectAsync(HttpContext context)
    {
        var request = await context.ReadOptionalJsonAsync(NetworksJsonContext.Default.NetworkDisconnectRequest) ?? new NetworkDisconnectRequest();
        if (request.Force && containers.TryFind(request.Container) is null)
        {
            networks.Find(context.RouteValue("id"));
            throw new EngineException(ErrorKind.NotFound, $"endpoint {request.Container} not found");
        }

        await connector.DisconnectAsync(Find(request.Container), context.RouteValue("id"), CancellationToken.None);
        await context.AnswerAsync(StatusCodes.Status200OK);
    }

    private Container Find(string reference) =>
        reference.Length > 0 ? containers.Find(reference) : throw new EngineException(ErrorKind.Invalid, "invalid name or ID supplied: \"\"");
}
