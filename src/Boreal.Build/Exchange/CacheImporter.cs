using System.Text.Json;
using Boreal.Build.Builds;
using Boreal.Build.Exporting;
using Boreal.Build.Progress;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Transfers;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.References;
using Grpc.Core;

namespace Boreal.Build.Exchange;

/// <summary>Reads what caches elsewhere know. One that can't be read is told and left out: a build does not need it.</summary>
internal sealed class CacheImporter(LayerTransfers transfers, ImageStore images)
{
    private const string LegacyKey = "cache-from";
    private const string ListKey = "cache-imports";

    /// <summary>The caches a build names, by whichever of the ways that clients have used.</summary>
    /// <exception cref="BuildException">The list is malformed.</exception>
    public static IReadOnlyList<CacheSource> SourcesOf(BuildRequest request)
    {
        var sources = new List<CacheSource>(request.CacheImports);
        foreach (var reference in request.Attributes.GetValueOrDefault(LegacyKey, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            sources.Add(new CacheSource("registry", new Dictionary<string, string> { ["ref"] = reference }));
        if (request.Attributes.TryGetValue(ListKey, out var list))
            sources.AddRange(ReadList(list));
        return [.. sources.DistinctBy(source => (source.Kind, NameOf(source)))];
    }

    public async Task<IReadOnlyList<ImportedStep>> ImportAsync(IReadOnlyList<CacheSource> sources, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var imported = await Task.WhenAll(sources.Select(source => ImportAsync(source, surroundings, cancellationToken)));
        return [.. imported.SelectMany(steps => steps)];
    }

    private async Task<IReadOnlyList<ImportedStep>> ImportAsync(CacheSource source, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var step = surroundings.Progress.Start(ImageExporter.NewId(), $"importing cache manifest from {NameOf(source)}");
        try
        {
            var steps = source.Kind switch
            {
                "registry" => await FromRegistryAsync(source, surroundings.Client, step, cancellationToken),
                "local" => await FromClientAsync(source, surroundings.Client, step, cancellationToken),
                _ => throw new BuildException($"unknown cache importer: {source.Kind}"),
            };
            step.Complete();
            return steps;
        }
        catch (Exception exception) when (exception is BuildException or DistributionException or EngineException or RpcException or IOException or FormatException)
        {
            var reason = exception is DistributionException { Kind: DistributionErrorKind.NotFound } ? $"{NameOf(source)}: not found" : exception.Message;
            step.Fail($"failed to configure {source.Kind} cache importer: {reason}");
            return [];
        }
    }

    private async Task<IReadOnlyList<ImportedStep>> FromRegistryAsync(CacheSource source, IBuildClient client, BuildStep step, CancellationToken cancellationToken)
    {
        var reference = ImageReference.Parse(source.Attributes.GetValueOrDefault("ref", "")).WithDefaultTag();
        if (images.TryFind(reference) is { } image && ImageCache.Read(image, new ImageOrigin(transfers, reference.Familiar)) is { Count: > 0 } own)
            return own;
        var repository = transfers.Open(reference, await RegistryLogin.AskAsync(client, reference, cancellationToken));
        var origin = new RegistryOrigin(transfers, repository);
        return await new RegistryCache(repository, origin).ReadAsync(step, cancellationToken);
    }

    private async Task<IReadOnlyList<ImportedStep>> FromClientAsync(CacheSource source, IBuildClient client, BuildStep step, CancellationToken cancellationToken)
    {
        var folder = source.Attributes.GetValueOrDefault("src", "");
        if (folder.Length == 0)
            throw new BuildException("local cache importer requires src");
        if (!Digest.TryParse(source.Attributes.GetValueOrDefault("digest", ""), out var manifest))
            throw new BuildException("local cache importer requires either explicit digest, \"latest\" tag or custom tag on index.json");
        var content = await client.OpenContentAsync("local:" + folder, cancellationToken);
        return await new ClientCache(content, new ClientOrigin(transfers, content, folder)).ReadAsync(manifest, step, cancellationToken);
    }

    private static string NameOf(CacheSource source) => source.Kind switch
    {
        "registry" => source.Attributes.GetValueOrDefault("ref", ""),
        "local" => "local:" + source.Attributes.GetValueOrDefault("src", ""),
        var kind => kind,
    };

    private static IEnumerable<CacheSource> ReadList(string list)
    {
        try
        {
            var entries = JsonSerializer.Deserialize(list, ExchangeJson.Default.IReadOnlyListCacheSourceEntry) ?? [];
            return entries.Select(entry => new CacheSource(entry.Kind ?? "", entry.Attributes ?? new Dictionary<string, string>()));
        }
        catch (JsonException exception)
        {
            throw new BuildException($"failed to unmarshal {ListKey} ({exception.Message})", exception);
        }
    }
}
