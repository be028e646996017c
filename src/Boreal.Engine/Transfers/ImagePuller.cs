using Boreal.Engine.Content;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Engine.Measuring;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Engine.Transfers;

/// <summary>Pulls images: (1) what the reference means, (2) its layers, several at once, (3) the image with its names, in one step.</summary>
public sealed class ImagePuller
{
    private readonly RegistryClient _registries;
    private readonly ImageStore _images;
    private readonly LayerStore _layers;
    private readonly BlobStore _blobs;
    private readonly LayerSync _sync;
    private readonly LayerDownloads _downloads;
    private readonly EngineWork _work;

    internal ImagePuller(RegistryClient registries, ImageStore images, LayerStore layers, BlobStore blobs, LayerSync sync, LayerDownloads downloads, EngineWork work) =>
        (_registries, _images, _layers, _blobs, _sync, _downloads, _work) = (registries, images, layers, blobs, sync, downloads, work);

    /// <summary>Pulls. <paramref name="notify"/> is called from several threads; nothing is told before the registry has answered.</summary>
    public Task PullAsync(PullRequest request, Action<TransferNotice> notify, CancellationToken cancellationToken) =>
        _work.DoAsync("image.pull", request.Reference.Familiar, () => PullNamedAsync(request, notify, cancellationToken));

    private async Task PullNamedAsync(PullRequest request, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        var reference = request.Reference;
        if (reference is { Domain: ImageReference.DefaultDomain, Path: "library/scratch" })
            throw new EngineException(ErrorKind.Forbidden, "'scratch' is a reserved name");
        var repository = _registries.Open(reference, request.Credentials);
        var news = false;
        try
        {
            if (reference.Tag is null && reference.Digest is null)
            {
                await foreach (var tag in repository.ListTagsAsync(cancellationToken))
                    news |= await PullOneAsync(repository, reference.WithTag(tag), request.Platform, notify, cancellationToken);
            }
            else
            {
                news = await PullOneAsync(repository, reference, request.Platform, notify, cancellationToken);
            }
        }
        catch (DistributionException exception)
        {
            throw TransferErrors.OfPull(exception, reference);
        }

        TransferNotice.Warn(repository, notify);
        notify(TransferNotice.Line($"Status: {(news ? "Downloaded newer image" : "Image is up to date")} for {reference.Familiar}"));
        _images.PublishTransfer("pull", reference);
        CheckPlatform(request);
    }

    /// <summary>Brings the image of one platform, known by the digest of its own manifest only: whoever has the name keeps it.</summary>
    /// <returns>That digest.</returns>
    public async Task<Digest> PullPlatformAsync(PullRequest request, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        var reference = request.Reference;
        var repository = _registries.Open(reference, request.Credentials);
        try
        {
            var named = await repository.GetManifestAsync(reference.Digest?.Value ?? reference.Tag ?? ImageReference.DefaultTag, cancellationToken);
            var plan = await new ImageResolver(repository, request.Platform ?? PlatformChoice.Host).ResolveAsync(named, cancellationToken);
            await FetchAsync(plan, notify, cancellationToken);
            using var lease = _blobs.Lease(plan.Manifest);
            Keep(plan);
            _images.Arrive(plan.Config, plan.Manifest, [reference.WithoutTag().WithDigest(plan.Manifest)]);
            _sync.Request();
            return plan.Manifest;
        }
        catch (DistributionException exception)
        {
            throw TransferErrors.OfPull(exception, reference);
        }
    }

    private async Task<bool> PullOneAsync(Repository repository, ImageReference reference, Platform? platform, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        var named = await repository.GetManifestAsync(reference.Digest?.Value ?? reference.Tag ?? ImageReference.DefaultTag, cancellationToken);
        notify(TransferNotice.Line($"Pulling from {reference.Path}", reference.Digest is null ? reference.Tag : reference.Familiar));
        var plan = await new ImageResolver(repository, platform ?? PlatformChoice.Host).ResolveAsync(named, cancellationToken);  // (1)

        await FetchAsync(plan, notify, cancellationToken);                                                                                      // (2)

        using var lease = _blobs.Lease(plan.Manifest);
        Keep(plan);
        var digest = reference.WithoutTag().WithDigest(plan.Named);
        var news = _images.Arrive(plan.Config, plan.Manifest, reference.Digest is null ? [digest, reference] : [digest]);                         // (3)
        _sync.Request();
        notify(TransferNotice.Line($"Digest: {plan.Named}"));
        return news;
    }

    private void Keep(PullPlan plan)
    {
        try
        {
            _blobs.PutDocument(plan.Manifest, plan.ManifestBytes);
        }
        catch
        {
            _layers.Release(plan.Layers.Select(layer => layer.DiffId));
            throw;
        }
    }

    // Afterwards the caller owns one use of each layer.
    private async Task FetchAsync(PullPlan plan, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        var known = plan.Layers.Select(layer => _layers.TryUse(layer.DiffId)).ToList();
        var used = known.OfType<LayerRecord>().Select(layer => layer.DiffId).ToList();
        try
        {
            if (_images.TryFind(Digest.OfSha256(plan.Config).Value) is null)
            {
                for (var i = 0; i < known.Count; i++)
                    notify(TransferNotice.Layer(plan.Layers[i].Blob.Digest.Short, known[i] is null ? "Pulling fs layer" : "Already exists"));
            }

            for (var i = 0; i < known.Count; i++)
            {
                if (known[i] is not null)
                    _blobs.Note(plan.Layers[i].Record);
            }

            await FetchMissingAsync([.. plan.Layers.Where((_, at) => known[at] is null)], used, notify, cancellationToken);
        }
        catch (Exception exception)
        {
            _layers.Release(used);
            if (DiskSpace.IsExhausted(exception))
                _blobs.Discard(plan.Layers.Select(layer => layer.Blob.Digest));
            _blobs.Sweep(everything: false);
            throw;
        }
    }

    private async Task FetchMissingAsync(IReadOnlyList<LayerRequest> missing, List<Digest> used, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        // One that fails ends the others.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = missing.Select(layer => FetchOneAsync(layer, used, notify, either)).ToList();
        try
        {
            await Task.WhenAll(running);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && running.Find(task => task.IsFaulted) is { } failed)
        {
            await failed;
        }
    }

    private async Task FetchOneAsync(LayerRequest layer, List<Digest> used, Action<TransferNotice> notify, CancellationTokenSource either)
    {
        try
        {
            await _downloads.GetAsync(layer, notify, either.Token);
            lock (used)
                used.Add(layer.DiffId);
        }
        catch
        {
            await either.CancelAsync();
            throw;
        }
    }

    // Docker pulls what was found and complains then.
    private void CheckPlatform(PullRequest request)
    {
        if (request.Platform is not { } wanted || _images.TryFind(request.Reference) is not { } image)
            return;
        var actual = new Platform { Os = image.Config.Os.Length == 0 ? "linux" : image.Config.Os, Architecture = image.Config.Architecture, Variant = image.Config.Variant };
        if (!PlatformChoice.Runs(actual, wanted))
            throw new EngineException(ErrorKind.NotFound,
                $"image with reference {request.Reference.Familiar} was found but does not match the specified platform: wanted {PlatformChoice.Format(wanted)}, actual: {PlatformChoice.Format(actual)}");
    }
}
