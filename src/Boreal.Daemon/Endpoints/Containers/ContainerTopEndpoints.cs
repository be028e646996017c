using Boreal.Api.Containers;
using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Daemon.Endpoints.Containers.Inspecting;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Engine.Runtime;
using ContainerState = Boreal.Engine.Containers.ContainerState;

namespace Boreal.Daemon.Endpoints.Containers;

/// <summary>The processes of a container, as ps on this machine shows them.</summary>
internal sealed class ContainerTopEndpoints(ContainerRegistry containers, Cgroups cgroups, ProcessTable processes, ContainerEvents events) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Get("/containers/{id}/top", TopAsync);

    private async Task TopAsync(HttpContext context)
    {
        var container = containers.Find(context.RouteValue("id"));
        var status = container.Status;
        if (status.State is ContainerState.Restarting)
            throw new EngineException(ErrorKind.Conflict, $"Container {container.Id} is restarting, wait until the container is running");
        if (!status.HasProcess)
            throw new EngineException(ErrorKind.Conflict, $"container {container.Id} is not running");
        var listing = await processes.ListAsync(cgroups.Of(container.Id, container.Spec.Resources).Pids(), context.QueryText("ps_args"), context.Gone());
        events.Publish(container, "top");
        await context.AnswerJsonAsync(new ContainerTop { Titles = listing.Titles, Processes = listing.Processes }, ContainersJsonContext.Default.ContainerTop);
    }
}
