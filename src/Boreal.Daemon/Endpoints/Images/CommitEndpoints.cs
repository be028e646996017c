using Boreal.Api.Containers;
using Boreal.Api.Images;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>A container's file system as an image, as a tar, and as a list of changes.</summary>
internal sealed class CommitEndpoints(ContainerRegistry containers, ContainerPauser pauser, ImageCommitter committer, Snapshots snapshots) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Post("/commit", Commit);
        routes.Get("/containers/{id}/export", Export);
        routes.Get("/containers/{id}/changes", Changes);
    }

    private async Task Commit(HttpContext context)
    {
        var config = await context.ReadOptionalJsonAsync(ImagesJsonContext.Default.ContainerConfig);
        var container = containers.Find(context.QueryText("container"));
        var request = new CommitRequest
        {
            Reference = ImageNames.FromQuery(context.QueryText("repo"), context.QueryText("tag"))?.ToString(),
            Author = context.QueryText("author"),
            Comment = context.QueryText("comment"),
            Changes = [.. context.Request.Query["changes"].OfType<string>()],
            Config = config is null ? null : ImageMapping.RunConfig(config),
        };

        // Paused, so that files do not change half way; a container paused already stays so.
        var pause = context.QueryBool("pause", whenMissing: true) && container.Status.State is Engine.Containers.ContainerState.Running;
        if (pause)
            await pauser.PauseAsync(container, CancellationToken.None);
        Image image;
        try
        {
            image = await committer.CommitAsync(container, request, CancellationToken.None);
        }
        finally
        {
            if (pause)
                await pauser.UnpauseAsync(container, CancellationToken.None);
        }

        await context.AnswerJsonAsync(new CommitResponse(image.Id.ToString()), ImagesJsonContext.Default.CommitResponse, StatusCodes.Status201Created);
    }

    private async Task Export(HttpContext context)
    {
        var container = containers.Find(context.RouteValue("id"));
        await context.StartStreamAsync("application/octet-stream", context.Gone());
        await BlockingBody.WriteAsync(context, target => snapshots.Export(container.Id, target, context.Gone()));
    }

    private async Task Changes(HttpContext context)
    {
        var container = containers.Find(context.RouteValue("id"));
        var changes = await Task.Run(() => snapshots.Changes(container.Id));
        await context.AnswerJsonAsync<IReadOnlyList<FilesystemChange>>(
            [.. changes.Select(change => new FilesystemChange { Kind = (int)change.Kind, Path = change.Path })],
            ContainersJsonContext.Default.IReadOnlyListFilesystemChange);
    }
}
