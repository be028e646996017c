using Boreal.Engine.Content;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Engine.Measuring;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.References;

namespace Boreal.Engine.Transfers;

/// <summary>Pushes images: (1) layers, several at once, (2) the configuration, (3) the manifest, which makes them visible there.</summary>
public sealed class ImagePusher
{
    private readonly RegistryClient _registries;
    private readonly ImageStore _images;
    private readonly LayerStore _layers;
    private readonly BlobStore _blobs;
    private readonly LayerUploader _uploader;
    private readonly BuiltPushes _built;
    private readonly EngineWork _work;

    internal ImagePusher(RegistryClient registries, ImageStorage storage, LayerUploader uploader, BuiltPushes built, EngineWork work) =>
        (_registries, _images, _layers, _blobs, _uploader, _built, _work) = (registries, storage.Images, storage.Layers, storage.Blobs, uploader, built, work);

    /// <summary>Pushes. <paramref name="notify"/> is called from several threads.</summary>
    public Task PushAsync(PushRequest request, Action<TransferNotice> notify, CancellationToken cancellationToken) =>
        _work.DoAsync("image.push", request.Reference.Familiar, () => PushNamedAsync(request, notify, cancellationToken));

    private async Task PushNamedAsync(PushRequest request, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        var reference = request.Reference;
        notify(TransferNotice.Line($"The push refers to repository [{reference.Repository}]"));
        if (reference.Digest is not null)
            throw new EngineException(ErrorKind.Invalid, "cannot push a digest reference");
        if (_built.TryTake(reference) is { } done)
        {
            Tell(done, notify);
            return;
        }

        var repository = _registries.Open(reference, request.Credentials);
        try
        {
            await repository.ConnectAsync(cancellationToken);
            foreach (var (tag, image) in Find(reference))
                await PushOneAsync(repository, tag, image, notify, cancellationToken);
            TransferNotice.Warn(repository, notify);
        }
        catch (DistributionException exception)
        {
            throw TransferErrors.OfPush(exception);
        }

        _images.PublishTransfer("push", reference);
    }

    private IReadOnlyList<(string Tag, Image Image)> Find(ImageReference reference)
    {
        var named = _images.Tagged(reference);
        if (named.Count == 0)
            throw new EngineException(ErrorKind.NotFound, $"An image does not exist locally with the tag: {reference.FamiliarName}");
        if (reference.Tag is null)
            return named;
        var wanted = named.Where(name => name.Tag == reference.Tag).ToList();
        return wanted.Count > 0 ? wanted : throw new EngineException(ErrorKind.NotFound, $"tag does not exist: {reference.Familiar}");
    }

    private async Task PushOneAsync(Repository repository, string tag, Image image, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        // The image may be removed meanwhile: its layers stay until this is done.
        var used = image.LayerChain.Where(diffId => _layers.TryUse(diffId) is not null).ToList();
        try
        {
            if (used.Count < image.LayerChain.Count)
                throw new EngineException(ErrorKind.NotFound, $"No such image: {image.Id}");
            var plan = PushPlan.Choose(_images.Manifests(image.Id), used.Count, _blobs);
            var layers = await PushLayersAsync(repository, image, plan, notify, cancellationToken);                             // (1)
            var config = await PushConfigAsync(repository, image, cancellationToken);                                           // (2)
            var (bytes, mediaType) = plan.Complete(config, layers);
            var digest = await repository.PutManifestAsync(tag, mediaType, bytes, cancellationToken);                           // (3)

            using var lease = _blobs.Lease(digest);
            _blobs.PutDocument(digest, bytes);
            _images.Depart(image.Id, digest, repository.Reference.WithoutTag().WithDigest(digest));
            Tell(new PushedManifest(tag, digest, bytes.Length), notify);
        }
        finally
        {
            _layers.Release(used);
        }
    }

    private static void Tell(PushedManifest pushed, Action<TransferNotice> notify)
    {
        notify(TransferNotice.Line($"{pushed.Tag}: digest: {pushed.Digest} size: {pushed.Size}"));
        notify(new TransferNotice { Status = "", Pushed = pushed });
    }

    private async Task<IReadOnlyList<Descriptor>> PushLayersAsync(Repository repository, Image image, PushPlan plan, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        // Top first, as Docker lists them.
        var unique = image.LayerChain.Index().DistinctBy(layer => layer.Item).Reverse().ToList();
        foreach (var (_, diffId) in unique)
            notify(TransferNotice.Layer(diffId.Short, "Preparing"));

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = unique.ToDictionary(
            layer => layer.Item,
            layer => EndingAll(_uploader.PushAsync(layer.Item, plan.Layer(layer.Index), repository, notify, either.Token), either));
        try
        {
            await Task.WhenAll(running.Values);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && running.Values.FirstOrDefault(task => task.IsFaulted) is { } failed)
        {
            await failed;
        }

        var pushed = new List<Descriptor>();
        foreach (var diffId in image.LayerChain)
            pushed.Add(await running[diffId]);
        return pushed;
    }

    // One that fails ends the others.
    private static async Task<Descriptor> EndingAll(Task<Descriptor> push, CancellationTokenSource either)
    {
        try
        {
            return await push;
        }
        catch
        {
            await either.CancelAsync();
            throw;
        }
    }

    private static async Task<Descriptor> PushConfigAsync(Repository repository, Image image, CancellationToken cancellationToken)
    {
        var config = new Descriptor { MediaType = MediaTypes.DockerConfig, Digest = image.Id.Digest, Size = image.ConfigBytes.Length };
        await repository.UploadBlobAsync(config, (offset, _) => ValueTask.FromResult<Stream>(new MemoryStream(image.ConfigBytes[(int)offset..].ToArray())), new BlobUploadOptions(), cancellationToken);
        return config;
    }
}
