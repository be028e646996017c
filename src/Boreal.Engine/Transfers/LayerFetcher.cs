using Boreal.Engine.Content;
using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;

namespace Boreal.Engine.Transfers;

/// <summary>
/// Brings one layer in: from the registry to the blob's file, the hashes and the unpacked tree at once. Only what proved
/// right in every digest is kept; what came of a download that broke stays for the next try.
/// </summary>
internal sealed class LayerFetcher(LayerStore layers, BlobStore blobs, SemaphoreSlim slots, TransferOptions options, TimeProvider time)
{
    private const long LargestExpansion = 200;

    public async Task FetchAsync(LayerDownload download, CancellationToken cancellationToken)
    {
        var id = download.Request.Blob.Digest.Short;
        if (!slots.Wait(0, CancellationToken.None))
        {
            download.Tell(TransferNotice.Layer(id, "Waiting"));
            await slots.WaitAsync(cancellationToken);
        }

        try
        {
            using var lease = blobs.Lease(download.Request.Blob.Digest);
            // What is left of an earlier try may be damaged; then once more from the start.
            if (!await TryFetchAsync(download, mayBeDamaged: true, cancellationToken))
                await TryFetchAsync(download, mayBeDamaged: false, cancellationToken);
        }
        finally
        {
            slots.Release();
        }

        download.Tell(TransferNotice.Layer(id, "Pull complete"));
    }

    private async Task<bool> TryFetchAsync(LayerDownload download, bool mayBeDamaged, CancellationToken cancellationToken)
    {
        var blob = download.Request.Blob;
        using var draft = blobs.Holds(blob.Digest) ? null : blobs.Continue(blob.Digest, blob.Size);
        try
        {
            using var layerDraft = layers.CreateDraft();
            var content = await UnpackAsync(download, draft, layerDraft, cancellationToken);
            Check(download.Request, content);
            layers.Keep(layerDraft, content);
            if (draft is not null)
                blobs.Keep(draft, download.Request.Record);
            else
                blobs.Note(download.Request.Record);
            return true;
        }
        catch (Exception exception) when (!IsBroken(exception))
        {
            draft?.Discard();
            if (draft is not { Start: 0 })
                blobs.Drop(blob.Digest);
            if (mayBeDamaged && draft is not { Start: 0 } && !DiskSpace.IsExhausted(exception))
                return false;
            throw exception is EngineException ? exception : new EngineException(ErrorKind.Internal, $"failed to register layer: {ReasonOf(exception, blob)}", exception);
        }
    }

    // What the decompressor thinks it has met instead helps nobody.
    private static string ReasonOf(Exception exception, Descriptor blob) =>
        exception is InvalidDataException ? $"{blob.Digest} is damaged: it can't be decompressed" : exception.Message;

    private async Task<LayerContent> UnpackAsync(LayerDownload download, BlobDraft? draft, LayerDraft layerDraft, CancellationToken cancellationToken)
    {
        var blob = download.Request.Blob;
        var id = blob.Digest.Short;
        var meter = new ProgressMeter(id, "Downloading", blob.Size, download.Tell, time);
        var start = draft is null ? blobs.OpenRead(blob.Digest) : draft.Start > 0 ? draft.OpenStart() : null;
        await using var source = new LayerSource(download.Request, start, draft, count => meter.Add(count));
        var (compression, whole) = await PeekedStream.DetectAsync(source, cancellationToken);
        if (compression is Compression.Bzip2 or Compression.Xz)
            throw new EngineException(ErrorKind.Invalid, $"layer {blob.Digest} is compressed with {compression.ToString().ToLowerInvariant()}, which layers may not be: push the image again with gzip or zstd");

        using var intake = new LayerIntake(layerDraft, compression, blob.Digest.Algorithm, Math.Max(options.LargestEmptyLayer, blob.Size * LargestExpansion));
        try
        {
            await intake.FillAsync(whole, cancellationToken);
            download.Tell(TransferNotice.Layer(id, "Verifying Checksum"));
            download.Tell(TransferNotice.Layer(id, "Download complete"));
            download.Tell(TransferNotice.Progress(id, "Extracting", blob.Size, blob.Size));
            return await intake.CompleteAsync();
        }
        catch (Exception exception)
        {
            intake.Abort(exception);
            await intake.EndedAsync();
            throw intake.Failure ?? exception;
        }
    }

    private static void Check(LayerRequest request, LayerContent content)
    {
        if (content.SourceDigest != request.Blob.Digest)
            throw new EngineException(ErrorKind.Invalid, $"filesystem layer verification failed for digest {request.Blob.Digest}");
        if (content.DiffId != request.DiffId)
            throw new EngineException(ErrorKind.Invalid, $"layers from manifest don't match image configuration: layer {request.Blob.Digest} unpacks to {content.DiffId} instead of {request.DiffId}");
    }

    // The transfer ended early, which says nothing about what came.
    private static bool IsBroken(Exception exception) =>
        exception is OperationCanceledException || (exception is DistributionException { Kind: not DistributionErrorKind.DigestMismatch });
}
