using Boreal.Api.Builds;
using Boreal.Api.Containers;
using Boreal.Api.Images;
using Boreal.Api.Node;
using Boreal.Build.Builds;
using Boreal.Daemon.Endpoints.Containers.Listing;
using Boreal.Daemon.Endpoints.Images;
using Boreal.Daemon.Endpoints.Volumes;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Engine.Volumes;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>What takes how much of the disk. Walks the containers' own layers and the volumes, so it runs on the pool, holding nothing.</summary>
internal sealed class DiskUsageEndpoints(ContainerRegistry containers, ImageStore images, Snapshots snapshots, VolumeStore volumes, Containers.Listing.SummaryView view, Func<IBuilder> builder, TimeProvider time) : IEndpoints
{
    private static readonly ApiVersion SelectsTypes = new(1, 42);
    private static readonly ApiVersion DropsBuilderSize = new(1, 42);

    public void Map(RouteTable routes) => routes.Get("/system/df", GetAsync);

    private async Task GetAsync(HttpContext context)
    {
        var version = context.ApiVersion();
        var types = version >= SelectsTypes ? Types(context) : [];
        var builds = types.Count == 0 || types.Contains("build-cache") ? await builder().ListCacheAsync([], context.Gone()) : null;
        var answer = await Task.Run(() => Measure(types, version), context.Gone()) with
        {
            BuildCache = builds is null ? null : [.. builds.Select(record => Describe(record, version))],
            BuilderSize = version < DropsBuilderSize ? builds?.Sum(record => record.Size) ?? 0 : null,
        };
        await context.AnswerJsonAsync(answer, NodeJsonContext.Default.DiskUsageResponse);
    }

    private static HashSet<string> Types(HttpContext context)
    {
        var types = context.Request.Query["type"].OfType<string>().ToHashSet();
        var unknown = types.FirstOrDefault(type => type is not ("container" or "image" or "volume" or "build-cache"));
        return unknown is null ? types : throw new EngineException(ErrorKind.Invalid, $"unknown object type: {unknown}");
    }

    private DiskUsageResponse Measure(HashSet<string> types, ApiVersion version)
    {
        bool Wants(string type) => types.Count == 0 || types.Contains(type);
        return new DiskUsageResponse
        {
            LayersSize = Wants("image") ? images.TotalLayerSize : 0,
            Images = Wants("image") ? MeasureImages(version) : null,
            Containers = Wants("container") ? MeasureContainers(version) : null,
            Volumes = Wants("volume") ? [.. volumes.List().Where(VolumeSizes.Counts).Select(VolumeView.Measure)] : null,
        };
    }

    private static BuildCacheEntry Describe(CacheRecord record, ApiVersion version) => new()
    {
        Id = record.Id,
        Parents = version >= DropsBuilderSize && record.Parents.Count > 0 ? record.Parents : null,
        Parent = version < DropsBuilderSize && record.Parents is [var parent, ..] ? parent : null,
        Type = record.Kind,
        Description = record.Description,
        InUse = record.InUse,
        Shared = record.Shared,
        Size = record.Size,
        CreatedAt = record.CreatedAt,
        LastUsedAt = record.LastUsedAt,
        UsageCount = record.UsageCount,
    };

    private List<ImageSummary> MeasureImages(ApiVersion version)
    {
        var all = images.List();
        var layerUses = all.SelectMany(image => image.LayerChain.Distinct()).CountBy(diffId => diffId).ToDictionary();
        var imageUses = containers.List().CountBy(container => container.Spec.ImageId).ToDictionary();
        return [.. all.Select(image => ImageMapping.Summary(image, version) with
        {
            Containers = imageUses.GetValueOrDefault(image.Id.ToString()),
            SharedSize = image.LayerChain.Where(diffId => layerUses[diffId] > 1).Sum(images.LayerSize),
        })];
    }

    private List<ContainerSummary> MeasureContainers(ApiVersion version)
    {
        var names = new Containers.Listing.ImageNames(images);
        var now = time.GetUtcNow();
        return [.. containers.List().Select(container => WithSize(view.Describe(container, names.Of(container.Spec), now, version), container))];
    }

    private ContainerSummary WithSize(ContainerSummary summary, Container container)
    {
        var own = snapshots.SizeRw(container.Id);
        var whole = own + (images.TryFind(container.Spec.ImageId)?.Size ?? 0);
        return summary with { SizeRw = own is 0 ? null : own, SizeRootFs = whole is 0 ? null : whole };
    }
}
