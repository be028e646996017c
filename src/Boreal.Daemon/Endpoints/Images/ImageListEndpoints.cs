using Boreal.Api.Images;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>Listing images and looking into one.</summary>
internal sealed class ImageListEndpoints(ImageStore images, ContainerRegistry containers, TimeProvider time) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Get("/images/json", List);
        routes.Get("/images/{name*}/json", Inspect);
        routes.Get("/images/{name*}/history", History);
    }

    private Task List(HttpContext context)
    {
        var filters = context.QueryFilters().Validate("dangling", "label", "label!", "before", "since", "reference", "until");
        var version = context.ApiVersion();
        // Old clients filter by a parameter of its own.
        var only = context.QueryText("filter");
        var filter = new ImageFilter(filters, images, time);
        var all = context.QueryBool("all");
        var list = images.List()
            .Where(image => all || filters.Has("dangling") || !IsIntermediate(image))
            .Where(filter.Passes)
            .Select(filter.Select)
            .OfType<Image>()
            .Where(image => only.Length == 0 || image.RepoTags.Contains(only) || image.RepoTags.Contains(only + ":latest"))
            .Select(image => ImageMapping.Summary(image, version))
            .ToList();
        IReadOnlyList<ImageSummary> answer = context.QueryBool("shared-size") ? WithSharedSizes(list) : list;
        return context.AnswerJsonAsync(answer, ImagesJsonContext.Default.IReadOnlyListImageSummary);
    }

    private Task Inspect(HttpContext context)
    {
        var image = images.Find(context.RouteValue("name"));
        return context.AnswerJsonAsync(ImageMapping.Inspect(image, images.Folders(image), context.ApiVersion()), ImagesJsonContext.Default.ImageInspect);
    }

    private Task History(HttpContext context)
    {
        var steps = ImageHistory.Of(images.Find(context.RouteValue("name")), images);
        return context.AnswerJsonAsync<IReadOnlyList<ImageHistoryItem>>([.. steps.Select(ImageMapping.HistoryItem)], ImagesJsonContext.Default.IReadOnlyListImageHistoryItem);
    }

    // A nameless image that others are built on: hidden unless asked for.
    private bool IsIntermediate(Image image) => image.RepoTags.Count == 0 && image.RepoDigests.Count == 0 && images.Children(image.Id).Count > 0;

    private List<ImageSummary> WithSharedSizes(List<ImageSummary> list)
    {
        var uses = images.List().SelectMany(image => image.LayerChain.Distinct()).GroupBy(diffId => diffId).ToDictionary(group => group.Key, group => group.Count());
        var users = containers.List().GroupBy(container => container.Spec.ImageId).ToDictionary(group => group.Key, group => group.LongCount());
        return [.. list.Select(summary => summary with
        {
            SharedSize = (images.TryFind(summary.Id) ?? throw new EngineException(ErrorKind.NotFound, $"No such image: {summary.Id}"))
                .LayerChain.Where(diffId => uses.GetValueOrDefault(diffId) > 1).Sum(images.LayerSize),
            Containers = users.GetValueOrDefault(summary.Id),
        })];
    }
}
