using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Build.Builds;
using Boreal.Build.Graph;
using Boreal.Build.Solving;
using Boreal.Engine.Transfers;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Build.Sources;

/// <summary>Images that a client keeps as an OCI layout.</summary>
internal sealed class LayoutImages(LayerTransfers transfers)
{
    private const string StorePrefix = "oci:";
    private const int LargestDocument = 8 << 20;
    private const int DeepestIndex = 4;
    private const int MostLayers = 500;

    /// <summary>The image of a platform behind a digest.</summary>
    /// <exception cref="BuildException">There is none, or it is malformed.</exception>
    public static async Task<LayoutImage> FindAsync(IBuildClient client, string store, Digest digest, BuildPlatform platform, CancellationToken cancellationToken)
    {
        var content = await client.OpenContentAsync(StorePrefix + store, cancellationToken);
        var manifest = await ChooseAsync(content, digest, platform, DeepestIndex, cancellationToken);
        var config = Parse(await ReadAsync(content, manifest.Config.Digest, cancellationToken), OciJson.Default.ImageConfig, manifest.Config.Digest);
        var diffIds = config.RootFs?.DiffIds ?? [];
        return diffIds.Count == manifest.Layers.Count && diffIds.Count <= MostLayers
            ? new LayoutImage(config, [.. manifest.Layers.Zip(diffIds)])
            : throw new BuildException($"layers of {digest} don't match the image's configuration");
    }

    /// <summary>Brings an image's layers here, where they stay until the build is over.</summary>
    /// <exception cref="BuildException">One cannot be had.</exception>
    public async Task<SolvedTree.Layered> FetchAsync(OciLayoutOperation operation, Digest digest, SolveScope scope, CancellationToken cancellationToken)
    {
        var image = await FindAsync(scope.Client, operation.Store, digest, operation.Platform, cancellationToken);
        var content = await scope.Client.OpenContentAsync(StorePrefix + operation.Store, cancellationToken);
        foreach (var (blob, diffId) in image.Layers)
        {
            if (transfers.TryUse(diffId) is { } known)
            {
                scope.Holdings.Add(known.Dispose);
                continue;
            }

            await using var bytes = await content.OpenAsync(blob.Digest, cancellationToken);
            scope.Holdings.Add((await transfers.ReceiveAsync(blob, diffId, bytes, cancellationToken)).Dispose);
        }

        return new SolvedTree.Layered([.. image.Layers.Select(layer => new SolvedLayer(layer.DiffId))]);
    }

    private static async Task<ImageManifest> ChooseAsync(IClientContent content, Digest digest, BuildPlatform platform, int depth, CancellationToken cancellationToken)
    {
        var document = await ReadAsync(content, digest, cancellationToken);
        // Both kinds of document say which they are by what they have.
        if (Parse(document, OciJson.Default.IReadOnlyDictionaryStringJsonElement, digest).ContainsKey("layers"))
            return Parse(document, OciJson.Default.ImageManifest, digest);
        var wanted = new Platform { Os = platform.Os, Architecture = platform.Architecture, Variant = platform.Variant.Length > 0 ? platform.Variant : null };
        return depth > 0 && PlatformChoice.Select(Parse(document, OciJson.Default.ImageIndex, digest).Manifests, wanted).FirstOrDefault() is { } chosen
            ? await ChooseAsync(content, chosen.Digest, platform, depth - 1, cancellationToken)
            : throw new BuildException($"no match for platform in manifest {digest}: not found");
    }

    private static Task<byte[]> ReadAsync(IClientContent content, Digest blob, CancellationToken cancellationToken) =>
        ClientDocument.ReadAsync(content, blob, ("the client's layout", LargestDocument), cancellationToken);

    private static T Parse<T>(byte[] document, JsonTypeInfo<T> type, Digest digest)
    {
        try
        {
            return JsonSerializer.Deserialize(document, type) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new BuildException($"{digest} of the client's layout can't be read: {exception.Message}", exception);
        }
    }
}
