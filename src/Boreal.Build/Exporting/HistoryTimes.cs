using Boreal.Build.Solving;
using Boreal.Oci.Images;

namespace Boreal.Build.Exporting;

/// <summary>When the steps of an image's history happened.</summary>
internal static class HistoryTimes
{
    /// <summary>
    /// An entry with a layer has the layer's time, one without the time of the entry before it; the first ones that a build adds have that
    /// of its first layer. Entries that have a time keep it.
    /// </summary>
    public static IReadOnlyList<HistoryEntry> Fill(IReadOnlyList<HistoryEntry> history, IReadOnlyList<SolvedLayer> layers, DateTimeOffset now)
    {
        var dated = new List<HistoryEntry>(history.Count);
        var layer = 0;
        foreach (var entry in history)
        {
            var made = entry.EmptyLayer is not true && layer < layers.Count ? layers[layer++].CreatedAt : null;
            dated.Add(entry.Created is null ? entry with { Created = made } : entry);
        }

        var first = dated.FindIndex(entry => entry.Created is null);
        if (first < 0)
            return dated;
        var time = dated.Skip(first).FirstOrDefault(entry => entry.Created is not null)?.Created ?? (first > 0 ? dated[first - 1].Created : null) ?? now;
        for (var i = first; i < dated.Count; i++)
        {
            time = dated[i].Created ?? time;
            dated[i] = dated[i] with { Created = time };
        }

        return dated;
    }
}
