using Boreal.Engine.Content;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.References;

namespace Boreal.Engine.Transfers;

/// <summary>Single layers on their way in and out, without an image around them: what the caches of builds are made of.</summary>
public sealed class LayerTransfers
{
    private readonly RegistryClient _registries;
    private readonly LayerStore _layers;
    private readonly BlobStore _blobs;
    private readonly LayerDownloads _downloads;
    private readonly LayerUploader _uploader;
    private readonly LayerPacker _packer;
    private readonly LayerSync _sync;

    internal LayerTransfers(RegistryClient registries, ImageStorage storage, LayerDownloads downloads, LayerUploader uploader, LayerPacker packer) =>
        (_registries, _layers, _blobs, _sync, _downloads, _uploader, _packer) = (registries, storage.Layers, storage.Blobs, storage.Sync, downloads, uploader, packer);

    public Repository Open(ImageReference reference, RegistryCredentials? credentials) => _registries.Open(reference, credentials);

    /// <summary>Brings a layer, which the caller holds, into a repository: what it is called there.</summary>
    /// <exception cref="DistributionException">The registry does not take it.</exception>
    public Task<Descriptor> PushAsync(Digest layer, Repository target, CancellationToken cancellationToken) =>
        _uploader.PushAsync(layer, preferred: null, target, static _ => { }, cancellationToken);

    /// <summary>Brings a layer here, which stays until what is returned is disposed of.</summary>
    /// <exception cref="DistributionException">It is not to be had.</exception>
    /// <exception cref="EngineException">It is not what its digests say.</exception>
    public async Task<IDisposable> FetchAsync(Descriptor blob, Digest layer, Repository source, CancellationToken cancellationToken)
    {
        await _downloads.GetAsync(new LayerRequest(blob, layer, source), static _ => { }, cancellationToken);
        _sync.Request();
        return new LayerUse(_layers, layer);
    }

    /// <summary>Counts a use of a layer that is here; null when it is not.</summary>
    public IDisposable? TryUse(Digest layer) => _layers.TryUse(layer) is null ? null : new LayerUse(_layers, layer);

    /// <summary>A layer, which the caller holds, as a compressed blob: the same bytes every time.</summary>
    public async Task<(Descriptor Blob, Stream Content)> PackAsync(Digest layer, CancellationToken cancellationToken)
    {
        var packed = await _packer.PackAsync(layer, static _ => { }, static (_, _) => Task.CompletedTask, cancellationToken);
        return (new Descriptor { MediaType = packed.MediaType, Digest = packed.Digest, Size = packed.Size }, _blobs.OpenRead(packed.Digest));
    }

    /// <summary>Unpacks a layer from a blob's bytes, which stays until what is returned is disposed of.</summary>
    /// <exception cref="EngineException">It is not what its digests say.</exception>
    public async Task<IDisposable> ReceiveAsync(Descriptor blob, Digest layer, Stream content, CancellationToken cancellationToken)
    {
        if (TryUse(layer) is { } known)
            return known;
        var (compression, whole) = await PeekedStream.DetectAsync(content, cancellationToken);
        if (compression is Compression.Bzip2 or Compression.Xz)
            throw new EngineException(ErrorKind.Invalid, $"layer {blob.Digest} is compressed with {compression.ToString().ToLowerInvariant()}, which layers may not be");
        using var draft = _layers.CreateDraft();
        using var intake = new LayerIntake(draft, compression, blob.Digest.Algorithm);
        try
        {
            await intake.FillAsync(whole, cancellationToken);
        }
        catch (Exception exception)
        {
            intake.Abort(exception);
            await intake.EndedAsync();
            throw intake.Failure ?? exception;
        }

        var received = await intake.CompleteAsync();
        if (received.SourceDigest != blob.Digest || received.DiffId != layer)
            throw new EngineException(ErrorKind.Invalid, $"layer {blob.Digest} is not what its digests say");
        _layers.Keep(draft, received);
        _sync.Request();
        return new LayerUse(_layers, layer);
    }

    private sealed class LayerUse(LayerStore layers, Digest layer) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
                layers.Release([layer]);
        }
    }
}
