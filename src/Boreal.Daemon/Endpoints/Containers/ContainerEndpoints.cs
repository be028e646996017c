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

/// <summary>One container: inspect, rename, resize, remove.</summary>
internal sealed class ContainerEndpoints(
    ContainerRegistry containers, ContainerView view, ContainerRemover remover, ContainerRenamer renamer, ImageStore images, Snapshots snapshots) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Get("/containers/{id}/json", InspectAsync);
        routes.Post("/containers/{id}/rename", RenameAsync);
        routes.Post("/containers/{id}/resize", ResizeAsync);
        routes.Delete("/containers/{id}", RemoveAsync);
    }

    private async Task InspectAsync(HttpContext context)
    {
        var container = containers.Find(context.RouteValue("id"));
        var answer = view.Describe(container, context.ApiVersion());
        if (context.QueryBool("size"))
        {
            var own = snapshots.SizeRw(container.Id);
            answer = answer with { SizeRw = own, SizeRootFs = own + images.Find(container.Spec.ImageId).Size };
        }
        await context.AnswerJsonAsync(answer, ContainersJsonContext.Default.ContainerInspect);
    }

    private async Task RenameAsync(HttpContext context)
    {
        const string Failed = "Error when allocating new name: ";
        var container = containers.Find(context.RouteValue("id"));
        var given = context.QueryText("name");
        if (given is "" or "/")
            throw new EngineException(ErrorKind.Invalid, "Neither old nor new names may be empty");
        try
        {
            await renamer.RenameAsync(container, ContainerName.Parse("/" + given.TrimStart('/')), CancellationToken.None);
        }
        catch (EngineException e) when (e.Message.StartsWith("Conflict.", StringComparison.Ordinal) || e.Message.StartsWith("Invalid container name", StringComparison.Ordinal))
        {
            throw new EngineException(e.Kind, Failed + e.Message, e);
        }
        await context.AnswerAsync(StatusCodes.Status204NoContent);
    }

    private async Task ResizeAsync(HttpContext context)
    {
        var size = TerminalSize.Read(context);
        var container = containers.Find(context.RouteValue("id"));
        if (!container.Status.HasProcess)
            throw new EngineException(ErrorKind.Conflict, $"container {container.Id} is not running");
        await ContainerAttacher.ResizeAsync(container, size, CancellationToken.None);
        context.Response.ContentLength = 0;
    }

    private async Task RemoveAsync(HttpContext context)
    {
        var container = containers.Find(context.RouteValue("id"));
        if (context.QueryBool("link"))
            throw new EngineException(ErrorKind.Conflict, "Conflict, cannot remove the default link name of the container");
        await remover.RemoveAsync(container, context.QueryBool("force"), context.QueryBool("v"), CancellationToken.None);
        await context.AnswerAsync(StatusCodes.Status204NoContent);
    }
}
