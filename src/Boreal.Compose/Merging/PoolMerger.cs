using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Merging;

/// <summary>Merges address pools: those with the same subnet are one.</summary>
internal static class PoolMerger
{
    public static SequenceNode Merge(SequenceNode model, SequenceNode over, Shape pool)
    {
        var merged = new List<Node>();
        foreach (var original in model.Items.OfType<MappingNode>())
        {
            foreach (var change in over.Items.OfType<MappingNode>())
            {
                var subnet = change.TextOf("subnet");
                if (subnet != original.TextOf("subnet") && IndexOf(merged, subnet) < 0)
                {
                    merged.Add(change);
                    continue;
                }

                Merger.Merge(original, change, pool);
                var index = IndexOf(merged, original.TextOf("subnet"));
                if (index >= 0) merged[index] = original;
                else merged.Add(original);
            }
        }

        return new SequenceNode(over.Position, merged);
    }

    private static int IndexOf(List<Node> pools, string? subnet) => pools.FindIndex(pool => (pool as MappingNode)?.TextOf("subnet") == subnet);
}
