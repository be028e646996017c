using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Build.Builds;
using Boreal.Oci.Content;

namespace Boreal.Build.Exchange;

/// <summary>From BuildKit's description of a cache to steps. Pure. What other builders' steps are known by never meets ours.</summary>
internal static class CacheReader
{
    public const string LayerAnnotation = "containerd.io/uncompressed";
    public const string TimeAnnotation = "buildkit/createdat";

    private const string Algorithm = "sha256";

    /// <param name="json">The description.</param>
    /// <param name="blobs">The layers that go with it.</param>
    /// <param name="origin">Who has them.</param>
    /// <exception cref="BuildException">It is not what it should be.</exception>
    public static IReadOnlyList<ImportedStep> Read(ReadOnlySpan<byte> json, IEnumerable<Descriptor> blobs, ILayerOrigin origin)
    {
        var document = Parse(json, ExchangeJson.Default.CacheDocument, origin);
        var known = blobs.DistinctBy(blob => blob.Digest).ToDictionary(blob => blob.Digest.Value);
        var layers = (document.Layers ?? []).Select(layer => known.GetValueOrDefault(layer.Blob)).ToList();
        return Read(document.Records ?? [], layers, origin);
    }

    /// <summary>The form that images carry in their configuration: records only, whose layers are the image's.</summary>
    /// <exception cref="BuildException">It is not what it should be.</exception>
    public static IReadOnlyList<ImportedStep> ReadInline(string base64, IReadOnlyList<Descriptor> layers, ILayerOrigin origin)
    {
        var json = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, json, out var length))
            throw Malformed(origin, null);
        var records = Parse(json.AsSpan(0, length), ExchangeJson.Default.IReadOnlyListStep, origin);
        return Read(records, [.. layers], origin);
    }

    private static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, ILayerOrigin origin)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw Malformed(origin, null);
        }
        catch (JsonException exception)
        {
            throw Malformed(origin, exception);
        }
    }

    private static List<ImportedStep> Read(IReadOnlyList<CacheDocument.Step> records, List<Descriptor?> layers, ILayerOrigin origin)
    {
        var steps = new List<ImportedStep>();
        foreach (var group in records.Where(IsOurs).Select(record => (Record: record, Result: record.Layers?[0] ?? new CacheDocument.Result(-1, default))).GroupBy(pair => pair.Result.Layer))
        {
            if (group.Key < 0 || group.Key >= layers.Count || layers[group.Key] is not { } blob || LayerOf(blob) is not { } layer)
                continue;
            var keys = group.Select(pair => Digest.Parse(pair.Record.Digest).Hex).ToList();
            steps.Add(new ImportedStep(keys, layer, blob, TimeOf(blob) ?? group.First().Result.CreatedAt, origin));
        }

        return steps;
    }

    private static bool IsOurs(CacheDocument.Step record) =>
        record is { Layers.Count: 1, Inputs: null or { Count: 0 } } && Digest.TryParse(record.Digest, out var digest) && digest.Algorithm == Algorithm;

    private static Digest? LayerOf(Descriptor blob) =>
        Digest.TryParse(blob.Annotations?.GetValueOrDefault(LayerAnnotation), out var layer) && layer.Algorithm == Algorithm ? layer : null;

    private static DateTimeOffset? TimeOf(Descriptor blob) =>
        DateTimeOffset.TryParse(blob.Annotations?.GetValueOrDefault(TimeAnnotation), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static BuildException Malformed(ILayerOrigin origin, Exception? cause) => new($"the cache of {origin.Name} can't be read: {cause?.Message ?? "it is malformed"}", cause);
}
