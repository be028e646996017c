using System.Runtime.CompilerServices;
using Boreal.Build.Builds;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Engine.State;

namespace Boreal.Build.Caching;

/// <summary>What builds keep, as users see it and clean it: results of steps, received folders, the folders of cache mounts.</summary>
internal sealed class CacheInventory(
    StepCache steps, BuildLayers layers, ImageStore images, FolderLedger ledger, IEnumerable<IKeptFolders> folders, NodePaths paths, TimeProvider clock)
{
    /// <summary>What the filters choose, largest first.</summary>
    /// <exception cref="BuildException">A filter is malformed.</exception>
    public IReadOnlyList<CacheRecord> List(IReadOnlyList<string> filters)
    {
        var inImages = images.List().SelectMany(image => image.LayerChain).ToHashSet();
        return
        [
            .. steps.List().Select(record => Describe(record, inImages.Contains(record.Layer)))
                .Concat(folders.SelectMany(each => ledger.List(each).Select(record => Describe(record, each))))
                .Where(record => CacheFilter.Matches(record, filters))
                .OrderByDescending(record => record.Size),
        ];
    }

    /// <summary>Removes what the rule does not keep and nobody uses, and tells each.</summary>
    /// <exception cref="BuildException">A filter is malformed.</exception>
    public async IAsyncEnumerable<CacheRecord> CleanAsync(CacheRule keep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chosen = await Task.Run(() => CacheCleaning.Choose(List([]), keep, clock.GetUtcNow(), new DriveInfo(paths.DataRoot).AvailableFreeSpace), cancellationToken);
        foreach (var record in chosen)
        {
            if (await Task.Run(() => TryRemove(record), cancellationToken))
                yield return record;
        }
    }

    private bool TryRemove(CacheRecord record) =>
        folders.FirstOrDefault(each => each.Kind == record.Kind) is { } kept ? kept.TryRemove(record.Id) : steps.TryRemove(record.Id);

    private CacheRecord Describe(StepRecord record, bool isInImage) => new()
    {
        Id = record.Id,
        Kind = "regular",
        Description = record.Description,
        Size = layers.TrySizeOf(record.Layer) ?? 0,
        CreatedAt = record.CreatedAt,
        LastUsedAt = record.LastUsedAt,
        UsageCount = record.UsageCount,
        InUse = layers.IsHeld(record.Layer),
        Shared = isInImage,
        Parents = record.Parents,
    };

    private static CacheRecord Describe(FolderRecord record, IKeptFolders kept) => new()
    {
        Id = record.Name,
        Kind = record.Kind,
        Description = record.Description,
        Size = record.Size,
        CreatedAt = record.CreatedAt,
        LastUsedAt = record.LastUsedAt,
        UsageCount = record.UsageCount,
        InUse = kept.IsInUse(record.Name),
        Mutable = true,
    };
}
