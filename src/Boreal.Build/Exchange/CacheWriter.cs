using System.Globalization;
using System.Text.Json;
using Boreal.Oci.Content;

namespace Boreal.Build.Exchange;

/// <summary>From steps to BuildKit's description of a cache. Pure: the same steps give the same bytes.</summary>
internal static class CacheWriter
{
    /// <param name="steps">The steps, each with its layer as it lies at the target.</param>
    /// <returns>The description, and the layers it names with what their readers need.</returns>
    public static (byte[] Document, IReadOnlyList<Descriptor> Blobs) Write(IEnumerable<(ExportedStep Step, Descriptor Blob)> steps)
    {
        var layers = new List<CacheDocument.Layer>();
        var blobs = new List<Descriptor>();
        var places = new Dictionary<Digest, int>();
        var records = new List<CacheDocument.Step>();
        // A layer comes after what it lies on.
        foreach (var (step, blob) in steps.OrderBy(pair => pair.Step.Below.Count).ThenBy(pair => pair.Step.Layer.DiffId.Value, StringComparer.Ordinal))
        {
            if (!places.TryGetValue(step.Layer.DiffId, out var place))
            {
                places.Add(step.Layer.DiffId, place = layers.Count);
                layers.Add(new CacheDocument.Layer(blob.Digest.Value, step.Below is [.., var below] ? places.GetValueOrDefault(below, -1) : -1));
                blobs.Add(Annotate(blob, step));
            }

            records.AddRange(step.Keys.Select(key => Record(key, place, step)));
        }

        var document = new CacheDocument { Layers = layers, Records = Sort(records) };
        return (JsonSerializer.SerializeToUtf8Bytes(document, ExchangeJson.Default.CacheDocument), blobs);
    }

    /// <summary>The form that an image of these layers carries in its configuration.</summary>
    public static string WriteInline(IEnumerable<ExportedStep> steps, IReadOnlyList<Digest> layers)
    {
        var records = new List<CacheDocument.Step>();
        var places = layers.Index().DistinctBy(layer => layer.Item).ToDictionary(layer => layer.Item, layer => layer.Index);
        foreach (var step in steps)
        {
            if (places.TryGetValue(step.Layer.DiffId, out var place))
                records.AddRange(step.Keys.Select(key => Record(key, place, step)));
        }

        return Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(Sort(records), ExchangeJson.Default.IReadOnlyListStep));
    }

    private static IReadOnlyList<CacheDocument.Step> Sort(List<CacheDocument.Step> records) =>
        [.. records.DistinctBy(record => record.Digest).OrderBy(record => record.Digest, StringComparer.Ordinal)];

    private static CacheDocument.Step Record(string key, int place, ExportedStep step) =>
        new() { Digest = $"sha256:{key}", Layers = [new CacheDocument.Result(place, step.Layer.CreatedAt ?? DateTimeOffset.UnixEpoch)] };

    private static Descriptor Annotate(Descriptor blob, ExportedStep step) => blob with
    {
        Annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [CacheReader.TimeAnnotation] = (step.Layer.CreatedAt ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
            [CacheReader.LayerAnnotation] = step.Layer.DiffId.Value,
        },
    };
}
