using Boreal.Engine.Images;
using Boreal.Oci.Distribution;

namespace Boreal.Engine.Transfers;

/// <summary>Pulls and pushes over the opened image rooms.</summary>
public sealed class ImageTransfers
{
    public ImageTransfers(ImageStorage storage, RegistryClient registries, TransferOptions options, TimeProvider time)
    {
        var fetcher = new LayerFetcher(storage.Layers, storage.Blobs, options, time);
        var downloads = new LayerDownloads(fetcher, storage.Layers);
        Puller = new ImagePuller(registries, storage.Images, storage.Layers, storage.Blobs, storage.Sync, downloads);
    }

    public ImagePuller Puller { get; }
}
