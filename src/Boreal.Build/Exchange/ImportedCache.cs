using System.Collections.Concurrent;
using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Progress;
using Boreal.BuildWire.Http2;
using Boreal.Engine.Errors;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Grpc.Core;

namespace Boreal.Build.Exchange;

/// <summary>
/// The steps that one build may have from elsewhere. That a step is known there costs nothing; its layer is brought here when somebody looks
/// into it, which for steps in the middle of a build may be never.
/// </summary>
internal sealed class ImportedCache(IReadOnlyList<ImportedStep> steps, StepCache cache)
{
    private readonly Dictionary<string, ImportedStep> _byKey = Index(steps);
    private readonly ConcurrentDictionary<Digest, ImportedStep> _found = new();
    private readonly ConcurrentDictionary<Digest, Lazy<Task<StepRecord>>> _fetches = new();

    /// <summary>Holds a layer of a record until the build is over; the caller's count of it passes over.</summary>
    public Action<StepRecord> Hold { get; init; } = static _ => { };

    public BuildProgress? Progress { get; init; }

    /// <summary>The step known by the key, whose layer counts as the build's from now on.</summary>
    public ImportedStep? TryFind(string key, string description)
    {
        if (!_byKey.TryGetValue(key, out var step))
            return null;
        _found.TryAdd(step.Layer, step with { Description = description });
        return step;
    }

    /// <summary>Brings those of the layers here that are not.</summary>
    /// <exception cref="BuildException">One is not to be had.</exception>
    public async Task FetchAsync(IEnumerable<Digest> layers, CancellationToken cancellationToken)
    {
        if (_found.IsEmpty)
            return;
        await Task.WhenAll(layers.Distinct().Select(layer => _found.TryGetValue(layer, out var step)
            ? _fetches.GetOrAdd(layer, _ => new Lazy<Task<StepRecord>>(() => FetchAsync(step, cancellationToken))).Value
            : Task.CompletedTask));
    }

    private async Task<StepRecord> FetchAsync(ImportedStep step, CancellationToken cancellationToken)
    {
        var told = Progress?.Start(Exporting.ImageExporter.NewId(), $"importing {step.Blob.Digest.Value} of {step.Origin.Name}");
        try
        {
            using var use = await step.Origin.FetchAsync(step.Blob, step.Layer, cancellationToken);
            var record = cache.Adopt(step);
            Hold(record);
            told?.Complete();
            return record;
        }
        catch (Exception exception) when (exception is EngineException or DistributionException or RpcException or Http2Exception or IOException)
        {
            told?.Fail(exception.Message);
            throw new BuildException($"layer {step.Blob.Digest} of the cache {step.Origin.Name} can't be had: {exception.Message}; build without --cache-from", exception);
        }
    }

    private static Dictionary<string, ImportedStep> Index(IReadOnlyList<ImportedStep> steps)
    {
        var index = new Dictionary<string, ImportedStep>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            foreach (var key in step.Keys)
                index.TryAdd(key, step);
        }

        return index;
    }
}
