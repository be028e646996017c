using Boreal.Engine.Images;
using Boreal.Engine.Measuring;
using Boreal.Oci.Distribution;

namespace Boreal.Engine.Transfers;

/// <summary>Pulls and pushes over the opened image rooms.</summary>
public sealed class ImageTransfers : IDisposable
{
    private readonly SemaphoreSlim _downloads;
    private readonly SemaphoreSlim _uploads;
    private readonly LayerPacker _packer;

    public ImageTransfers(ImageStorage storage, RegistryClient registries, TransferOptions options, EngineWork work, TimeProvider time)
    {
        _downloads = new SemaphoreSlim(options.ConcurrentDownloads);
        _uploads = new SemaphoreSlim(options.ConcurrentUploads);
        _packer = new LayerPacker(storage.Layers, storage.Blobs);
        var fetcher = new LayerFetcher(storage.Layers, storage.Blobs, _downloads, options, time);
        var downloads = new LayerDownloads(fetcher, storage.Layers);
        Puller = new ImagePuller(registries, storage.Images, storage.Layers, storage.Blobs, storage.Sync, downloads, work);
        var uploader = new LayerUploader(storage.Layers, storage.Blobs, _packer, _uploads, time);
        Built = new BuiltPushes(storage.Images, storage.Blobs, time);
        Pusher = new ImagePusher(registries, storage, uploader, Built, work);
        Layers = new LayerTransfers(registries, storage, downloads, uploader, _packer);
    }

    public ImagePuller Puller { get; }

    public ImagePusher Pusher { get; }

    public LayerTransfers Layers { get; }

    public BuiltPushes Built { get; }

    public void Dispose()
    {
        _downloads.Dispose();
        _uploads.Dispose();
        _packer.Dispose();
    }
}
