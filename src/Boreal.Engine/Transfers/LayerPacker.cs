using Boreal.Engine.Content;
using Boreal.Engine.Layers;
using Boreal.Oci.Content;

namespace Boreal.Engine.Transfers;

/// <summary>Compresses a layer for its first push. The blob is kept: its digest is the layer's name in registries from then on.</summary>
internal sealed class LayerPacker(LayerStore layers, BlobStore blobs) : IDisposable
{
    // Every packing keeps all cores busy.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>
    /// Packs unless somebody has meanwhile. <paramref name="sending"/> reads the blob while it is made; it is awaited, and not
    /// called where there is nothing to make. The caller holds a use of the layer.
    /// </summary>
    public async Task<BlobRecord> PackAsync(Digest diffId, Action<long> progress, Func<GrowingFile, Task<BlobRecord>, Task> sending, CancellationToken cancellationToken)
    {
        var draft = await BeginAsync(diffId, cancellationToken);
        if (draft is null)
            return Known(diffId) ?? throw new BlobAbsentException();
        Task<BlobRecord> packing = Task.Factory.StartNew(() => Pack(diffId, draft, progress, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await sending(draft.Growth, packing);
        }
        finally
        {
            await ((Task)packing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await packing;
    }

    public void Dispose() => _turn.Dispose();

    // Null when somebody else has just made it; else it is our turn until the packing has ended.
    private async Task<BlobDraft?> BeginAsync(Digest diffId, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Known(diffId) is null)
                return blobs.Begin();
        }
        catch
        {
            _turn.Release();
            throw;
        }

        _turn.Release();
        return null;
    }

    private BlobRecord? Known(Digest diffId) => blobs.OfLayer(diffId).FirstOrDefault(blob => blobs.Holds(blob.Digest));

    private BlobRecord Pack(Digest diffId, BlobDraft draft, Action<long> progress, CancellationToken cancellationToken)
    {
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
            draft.Growth.End();
            return record;
        }
        catch (Exception exception)
        {
            draft.Growth.Fail(exception);
            draft.Discard();
            throw;
        }
        finally
        {
            draft.Dispose();
            _turn.Release();
        }
    }
}
