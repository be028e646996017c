using Boreal.Engine.Content;
using Boreal.Engine.Layers;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;

namespace Boreal.Engine.Transfers;

/// <summary>
/// Brings a layer into a repository, in whatever form costs least: one that is there, one that can be mounted, one whose
/// bytes are here, and only then a new one.
/// </summary>
internal sealed class LayerUploader(LayerStore layers, BlobStore blobs, LayerPacker packer, SemaphoreSlim slots, TimeProvider time)
{
    private const int MostMountSources = 4;

    // A small layer takes fewer requests as a whole.
    private const long SmallestStream = 4 << 20;

    /// <summary>What the layer is called in the repository afterwards. The caller holds a use of the layer.</summary>
    public async Task<Descriptor> PushAsync(Digest diffId, Descriptor? preferred, Repository target, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            var known = blobs.OfLayer(diffId).OrderByDescending(blob => blob.Digest == preferred?.Digest).ToList();
            foreach (var blob in known.Where(blob => blobs.Holds(blob.Digest) || IsNear(blob, target)))
            {
                if (await TrySendAsync(blob, target, notify, cancellationToken) is { } sent)
                    return sent;
            }

            return await PackAndSendAsync(diffId, target, notify, cancellationToken);
        }
        finally
        {
            slots.Release();
        }
    }

    // Sent while it is compressed; where that breaks off, once more as a whole.
    private async Task<Descriptor> PackAndSendAsync(Digest diffId, Repository target, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        var size = layers.Get(diffId).TarSize;
        var meter = new ProgressMeter(diffId.Short, "Pushing", size, notify, time);
        var sent = false;
        var packed = await packer.PackAsync(
            diffId, meter.Add,
            async (growth, packing) =>
            {
                if (size >= SmallestStream)
                    sent = await target.UploadGrowingBlobAsync(growth.Open, async () => DescriptorOf(await packing), cancellationToken);
            },
            cancellationToken);
        if (!sent)
            return await TrySendAsync(packed, target, notify, cancellationToken) ?? throw new BlobAbsentException();
        blobs.SetPresent(packed.Digest, target.Reference.Repository, present: true);
        notify(TransferNotice.Layer(diffId.Short, "Pushed"));
        return DescriptorOf(packed);
    }

    private static Descriptor DescriptorOf(BlobRecord blob) => new() { MediaType = blob.MediaType, Digest = blob.Digest, Size = blob.Size };

    private async Task<Descriptor?> TrySendAsync(BlobRecord blob, Repository target, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        using var lease = blobs.Lease(blob.Digest);
        var descriptor = DescriptorOf(blob);
        var id = blob.DiffId.Short;
        var meter = new ProgressMeter(id, "Pushing", blob.Size, notify, time);
        var options = new BlobUploadOptions { MountFrom = MountSources(blob, target), Progress = new MeterProgress(meter) };
        BlobUploadResult result;
        try
        {
            result = await target.UploadBlobAsync(descriptor, (offset, _) => ValueTask.FromResult<Stream>(Open(blob.Digest, offset)), options, cancellationToken);
        }
        catch (IOException exception) when (exception is BlobAbsentException || exception.InnerException is BlobAbsentException)
        {
            return null;
        }

        blobs.SetPresent(blob.Digest, target.Reference.Repository, present: true);
        notify(TransferNotice.Layer(id, result.Outcome switch
        {
            BlobUploadOutcome.AlreadyThere => "Layer already exists",
            BlobUploadOutcome.Mounted => $"Mounted from {result.MountedFrom}",
            _ => "Pushed",
        }));
        return descriptor;
    }

    private FileStream Open(Digest digest, long offset)
    {
        if (!blobs.Holds(digest))
            throw new BlobAbsentException();
        var file = blobs.OpenRead(digest);
        file.Position = offset;
        return file;
    }

    private static bool IsNear(BlobRecord blob, Repository target) =>
        blob.Repositories.Any(repository => repository.StartsWith(target.Reference.Domain + "/", StringComparison.Ordinal));

    private static IReadOnlyList<string> MountSources(BlobRecord blob, Repository target)
    {
        var domain = target.Reference.Domain + "/";
        return [.. blob.Repositories
            .Where(repository => repository.StartsWith(domain, StringComparison.Ordinal) && repository != target.Reference.Repository)
            .Select(repository => repository[domain.Length..]).Reverse().Take(MostMountSources)];
    }

    private sealed class MeterProgress(ProgressMeter meter) : IProgress<long>
    {
        public void Report(long value) => meter.Set(value);
    }
}
