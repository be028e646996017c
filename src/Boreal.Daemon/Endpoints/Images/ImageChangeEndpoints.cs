using Boreal.Api.Images;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>Naming and removing images.</summary>
internal sealed class ImageChangeEndpoints(ImageStore images, ImageRemover remover, ImagePruner pruner, TimeProvider time) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Post("/images/{name*}/tag", Tag);
        routes.Delete("/images/{name*}", Remove);
        routes.Post("/images/prune", Prune);
    }

    private Task Tag(HttpContext context)
    {
        var reference = ImageNames.FromQuery(context.QueryText("repo"), context.QueryText("tag"))
            ?? throw new EngineException(ErrorKind.Invalid, "invalid reference format");
        if (reference.FamiliarName == "sha256")
            throw new EngineException(ErrorKind.Invalid, "refusing to create an ambiguous tag using digest algorithm as name");
        images.Tag(images.Find(context.RouteValue("name")), reference);
        return context.AnswerAsync(StatusCodes.Status201Created);
    }

    private async Task Remove(HttpContext context)
    {
        var (name, force, prune) = (context.RouteValue("name"), context.QueryBool("force"), !context.QueryBool("noprune"));
        var removed = await Task.Run(() => remover.Remove(name, force, prune));
        await context.AnswerJsonAsync<IReadOnlyList<ImageDeleteItem>>([.. removed.Select(ImageMapping.Deletion)], ImagesJsonContext.Default.IReadOnlyListImageDeleteItem);
    }

    private async Task Prune(HttpContext context)
    {
        var filters = context.QueryFilters().Validate("dangling", "label", "label!", "until");
        var filter = new ImageFilter(filters, images, time);
        var dangling = filters.GetBool("dangling", whenMissing: true);
        var (removed, reclaimed) = await Task.Run(() => pruner.Prune(dangling, image => filter.PassesLabels(image) && filter.PassesTimes(image)));
        var answer = new ImagesPruneResponse { ImagesDeleted = removed.Count == 0 ? null : [.. removed.Select(ImageMapping.Deletion)], SpaceReclaimed = reclaimed };
        await context.AnswerJsonAsync(answer, ImagesJsonContext.Default.ImagesPruneResponse);
    }
}
