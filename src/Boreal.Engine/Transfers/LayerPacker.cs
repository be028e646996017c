using Boreal.Engine.Content;
using Boreal.Engine.Layers;
using Boreal.Oci.Content;

namespace Boreal.Engine.Transfers;

/// <summary>Compresses a layer for its first push. The blob is kept: its digest is the layer's name in registries from then on.</summary>
internal sealed class LayerPacker(LayerStore layers, BlobStore blobs) : IDisposable
{
    // Every packing keeps all cores busy.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The caller holds a use of the layer.</summary>
    public async Task<BlobRecord> PackAsync(Digest diffId, Action<long> progress, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return blobs.OfLayer(diffId).FirstOrDefault(blob => blobs.Holds(blob.Digest))
                ?? await Task.Factory.StartNew(() => Pack(diffId, progress, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private BlobRecord Pack(Digest diffId, Action<long> progress, CancellationToken cancellationToken)
    {
        using var draft = blobs.Begin();
        try
        {
            using var hash = new DigestHash("sha256");
            using var target = new WriteStream(data =>
            {
                hash.Append(data);
                draft.Write(data);
            });
            using var gzip = new ParallelGzipStream(target, Environment.ProcessorCount);
            using var counted = new WriteStream(data =>
            {
                gzip.Write(data);
                progress(data.Length);
            });
            layers.CopyTar(diffId, counted, cancellationToken);
            gzip.Complete();
            var record = new BlobRecord { Digest = hash.Complete(), Size = draft.Length, MediaType = MediaTypes.DockerLayerGzip, DiffId = diffId };
            blobs.Keep(draft, record);
            return record;
        }
        catch
        {
            draft.Discard();
            throw;
        }
    }
}
