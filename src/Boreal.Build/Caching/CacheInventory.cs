using System.Runtime.CompilerServices;
using Boreal.Build.Builds;
using Boreal.Build.Contexts;
using Boreal.Engine.Layers;

namespace Boreal.Build.Caching;

/// <summary>What builds keep, as users see it and clean it.</summary>
internal sealed class CacheInventory(StepCache steps, BuildLayers layers, ContextStore contexts, TimeProvider clock)
{
    /// <summary>What the filters choose, largest first.</summary>
    public IReadOnlyList<CacheRecord> List(IReadOnlyList<string> filters) =>
        [.. steps.List().Select(Describe).Where(record => CacheCleaning.Matches(record, filters)).OrderByDescending(record => record.Size)];

    /// <summary>Removes what the rule does not keep and tells each; a cleaning without limits takes the received folders too.</summary>
    public async IAsyncEnumerable<CacheRecord> CleanAsync(CacheRule keep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in CacheCleaning.Choose(List([]), keep, clock.GetUtcNow()))
        {
            if (await Task.Run(() => steps.Remove(record.Id), cancellationToken))
                yield return record;
        }

        if (keep is { All: true, Filters.Count: 0, ReservedSpace: 0 } && keep.KeepFor == TimeSpan.Zero)
            await Task.Run(contexts.Prune, cancellationToken);
    }

    private CacheRecord Describe(StepRecord record) => new()
    {
        Id = record.Id,
        Kind = "regular",
        Description = record.Description,
        Size = layers.SizeOf(record.Layer),
        CreatedAt = record.CreatedAt,
        LastUsedAt = record.LastUsedAt,
        UsageCount = record.UsageCount,
        Parents = record.Parents,
    };
}
