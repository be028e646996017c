using Boreal.Engine.Images;
using Boreal.Oci.Distribution;

namespace Boreal.Engine.Transfers;

/// <summary>Pulls and pushes over the opened image rooms.</summary>
public sealed class ImageTransfers : IDisposable
{
    private readonly SemaphoreSlim _downloads;

    public ImageTransfers(ImageStorage storage, RegistryClient registries, TransferOptions options, TimeProvider time)
    {
        _downloads = new SemaphoreSlim(options.ConcurrentDownloads);
        var fetcher = new LayerFetcher(storage.Layers, storage.Blobs, _downloads, time);
        var downloads = new LayerDownloads(fetcher, storage.Layers);
        Puller = new ImagePuller(registries, storage.Images, storage.Layers, storage.Blobs, storage.Sync, downloads);
    }

    public ImagePuller Puller { get; }

    public void Dispose() => _downloads.Dispose();
}
