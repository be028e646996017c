using System.Text.Json;
using Boreal.Build.Builds;
using Boreal.Build.Exporting;
using Boreal.Build.Progress;
using Boreal.Build.Solving;
using Boreal.BuildWire.Http2;
using Boreal.Engine.Errors;
using Boreal.Engine.Transfers;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.Images;
using Boreal.Oci.References;
using Grpc.Core;

namespace Boreal.Build.Exchange;

/// <summary>Writes what a build's steps came to, for builds elsewhere.</summary>
internal sealed class CacheExporter(LayerTransfers transfers)
{
    private const string ManifestKey = "cache.manifest";

    private static readonly Dictionary<string, string> Nothing = [];

    /// <param name="results">What the build came to, for each of its platforms.</param>
    /// <param name="target">Where the cache is.</param>
    /// <param name="surroundings">The build's.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <exception cref="BuildException">The target is none, or does not take it.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ExportAsync(IReadOnlyList<PlannedTree> results, CacheSource target, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var options = CacheExportOptions.Read(target);
        var place = await OpenAsync(target, surroundings.Client, cancellationToken);
        var step = surroundings.Progress.Start(ImageExporter.NewId(), $"exporting cache to {place.Name}");
        try
        {
            var manifest = await WriteAsync(results, place, options, step, cancellationToken);
            step.Complete();
            return manifest is null ? Nothing : new Dictionary<string, string> { [ManifestKey] = JsonSerializer.Serialize(manifest, OciJson.Plain.Descriptor) };
        }
        catch (Exception exception) when (exception is EngineException or DistributionException or RpcException or Http2Exception or IOException or BuildException)
        {
            step.Fail(exception.Message);
            return options.IgnoresFailure ? Nothing : throw (exception as BuildException ?? new BuildException($"failed to export the cache: {exception.Message}", exception));
        }
    }

    /// <summary>(1) The layers, (2) the description of the steps, (3) the manifest, with which it counts.</summary>
    private static async Task<Descriptor?> WriteAsync(IReadOnlyList<PlannedTree> results, ICacheTarget target, CacheExportOptions options, BuildStep step, CancellationToken cancellationToken)
    {
        var preparing = step.Begin("preparing build cache for export");
        var own = results.SelectMany(result => result.Tree.Digests).ToHashSet();
        // Platforms of one build know each other's steps.
        var chosen = results.SelectMany(result => result.Steps).Distinct().Where(each => options.TakesAll || own.Contains(each.Layer.DiffId)).ToList();
        foreach (var imported in results.Select(result => result.Imported).OfType<ImportedCache>().Distinct())
            await imported.FetchAsync(chosen.Where(each => !target.Has(each)).Select(each => each.Layer.DiffId), cancellationToken);
        preparing.Complete();
        if (chosen.Count == 0)
        {
            step.Begin("skipping cache export for empty result").Complete();
            return null;
        }

        var written = new Dictionary<Digest, Descriptor>();                                                         // (1)
        foreach (var each in chosen.DistinctBy(each => each.Layer.DiffId))
        {
            var blob = await target.PutLayerAsync(each, cancellationToken);
            step.Begin($"writing layer {blob.Digest}").Complete();
            written.Add(each.Layer.DiffId, blob with { MediaType = options.LayerType(blob.MediaType), Annotations = null });
        }

        var (document, blobs) = CacheWriter.Write(chosen.Select(each => (each, written[each.Layer.DiffId])));     // (2)
        var config = Describe(CacheDocument.MediaType, document);
        await target.PutDocumentAsync(config, document, cancellationToken);
        step.Begin($"writing config {config.Digest}").Complete();

        var (content, type) = options.Manifest(config, blobs);                                                      // (3)
        var manifest = Describe(type, content);
        await target.PutManifestAsync(manifest, content, cancellationToken);
        step.Begin($"writing cache manifest {manifest.Digest}").Complete();
        return manifest;
    }

    private async Task<ICacheTarget> OpenAsync(CacheSource target, IBuildClient client, CancellationToken cancellationToken)
    {
        switch (target.Kind)
        {
            case "registry":
                if (!ImageReference.TryParse(target.Attributes.GetValueOrDefault("ref", ""), out var reference) || reference is null)
                    throw new BuildException("failed to configure registry cache exporter: ref is no reference of an image");
                return new RegistryTarget(transfers, transfers.Open(reference.WithDefaultTag(), await RegistryLogin.AskAsync(client, reference, cancellationToken)));
            case "local":
                var folder = target.Attributes.GetValueOrDefault("dest", "");
                return folder.Length > 0
                    ? new ClientTarget(transfers, await client.OpenContentAsync("local:" + folder, cancellationToken))
                    : throw new BuildException("failed to configure local cache exporter: local cache exporter requires dest");
            default:
                throw new BuildException($"unknown cache exporter: \"{target.Kind}\"");
        }
    }

    private static Descriptor Describe(string type, byte[] content) => new() { MediaType = type, Digest = Digest.OfSha256(content), Size = content.Length };
}
