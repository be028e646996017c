using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.Images;

namespace Boreal.Engine.Transfers;

/// <summary>From a manifest as it came to what must be fetched: picks the platform, reads the configuration, and refuses what is no image of ours.</summary>
internal sealed class ImageResolver(Repository repository, Platform platform)
{
    private const int DeepestIndex = 4;
    private const int LargestConfig = 4 << 20;
    private const int MostLayers = 500;

    public async Task<PullPlan> ResolveAsync(RemoteManifest named, CancellationToken cancellationToken)
    {
        var remote = await ChooseAsync(named, DeepestIndex, cancellationToken);
        if (!MediaTypes.IsManifest(remote.MediaType))
            throw new EngineException(ErrorKind.Invalid, $"unsupported manifest media type: {remote.MediaType}");
        var bytes = remote.Content.ToArray();
        var manifest = Parse(bytes, OciJson.Default.ImageManifest, "manifest");
        CheckShape(manifest);
        var config = await repository.GetBlobAsync(manifest.Config, LargestConfig, cancellationToken);
        var diffIds = Check(ImageStore.Parse(config), manifest);
        return new PullPlan(named.Digest, remote.Digest, bytes, config,
            [.. manifest.Layers.Select((layer, at) => new LayerRequest(layer, diffIds[at], repository))]);
    }

    private async Task<RemoteManifest> ChooseAsync(RemoteManifest remote, int depth, CancellationToken cancellationToken)
    {
        if (!MediaTypes.IsIndex(remote.MediaType))
            return remote;
        var index = Parse(remote.Content.Span, OciJson.Default.ImageIndex, "manifest list");
        var chosen = PlatformChoice.Select(index.Manifests, platform).FirstOrDefault();
        if (chosen is null || depth == 0)
            throw new EngineException(ErrorKind.NotFound, $"no matching manifest for {PlatformChoice.Format(platform)} in the manifest list entries");
        return await ChooseAsync(await repository.GetManifestAsync(chosen.Digest.Value, cancellationToken), depth - 1, cancellationToken);
    }

    private static void CheckShape(ImageManifest manifest)
    {
        if (manifest.Layers.Count > MostLayers)
            throw new EngineException(ErrorKind.Invalid, $"the manifest lists {manifest.Layers.Count} layers, at most {MostLayers} can be stacked: max depth exceeded");
        if (manifest.Config.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig or "application/octet-stream"))
            throw new EngineException(ErrorKind.Invalid, $"unsupported media type {manifest.Config.MediaType}: this is no image that containers are made from");
        foreach (var layer in manifest.Layers)
            CheckLayer(layer);
    }

    private static void CheckLayer(Descriptor layer)
    {
        if (layer.Urls is { Count: > 0 } || layer.MediaType.Contains("foreign", StringComparison.Ordinal) || layer.MediaType.Contains("nondistributable", StringComparison.Ordinal))
            throw new EngineException(ErrorKind.Invalid, $"layer {layer.Digest} is a foreign layer, which the registry does not hold: such images can't be pulled");
        if (!layer.MediaType.Contains(".tar", StringComparison.Ordinal) || layer.MediaType.EndsWith("+encrypted", StringComparison.Ordinal) || layer.Size < 0)
            throw new EngineException(ErrorKind.Invalid, $"unsupported media type {layer.MediaType} of layer {layer.Digest}");
    }

    private static IReadOnlyList<Digest> Check(ImageConfig config, ImageManifest manifest)
    {
        if (config.Os is not ("" or "linux"))
            throw new EngineException(ErrorKind.Invalid, $"image operating system \"{config.Os}\" cannot be used on this platform: operating system is not supported");
        var diffIds = config.RootFs?.DiffIds ?? throw new EngineException(ErrorKind.Invalid, "invalid rootfs in image configuration");
        if (diffIds.Count != manifest.Layers.Count || diffIds.Any(diffId => diffId.Algorithm != "sha256"))
            throw new EngineException(ErrorKind.Invalid, "layers from manifest don't match image configuration");
        return diffIds;
    }

    private static T Parse<T>(ReadOnlySpan<byte> document, JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(document, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new EngineException(ErrorKind.Invalid, $"the registry's {what} can't be read: {e.Message}", e);
        }
    }
}
