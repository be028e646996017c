using Boreal.Engine.Layers;
using Boreal.Oci.Content;

namespace Boreal.Engine.Transfers;

/// <summary>The layers on their way in, each once however many pulls want it.</summary>
internal sealed class LayerDownloads(LayerFetcher fetcher, LayerStore layers)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, LayerDownload> _running = [];

    /// <summary>Waits for the layer, fetching it if nobody does yet. The caller gets a use of it.</summary>
    public async Task<LayerRecord> GetAsync(LayerRequest request, Action<TransferNotice> notify, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (layers.TryUse(request.DiffId) is { } there)
            {
                notify(TransferNotice.Layer(request.Blob.Digest.Short, "Already exists"));
                return there;
            }

            var (download, joined, isOurs) = Join(request, notify);
            if (!joined)
            {
                await EndOfAsync(download).WaitAsync(cancellationToken);
                continue;
            }

            try
            {
                await download.Completion.WaitAsync(cancellationToken);
                if (layers.TryUse(request.DiffId) is { } layer)
                    return layer;
            }
            // Somebody else's registry or login failed: ours may not.
            catch (Exception) when (!isOurs && !cancellationToken.IsCancellationRequested)
            {
                continue;
            }
            finally
            {
                if (download.Leave(notify))
                    await EndAsync(download);
            }
        }
    }

    private static async Task EndOfAsync(LayerDownload download) => await download.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // A blob that somebody else expects to be another layer is waited for, and then fetched for us.
    private (LayerDownload Download, bool Joined, bool IsOurs) Join(LayerRequest request, Action<TransferNotice> notify)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(request.Blob.Digest, out var running) && !running.Completion.IsCompleted)
                return (running, running.Request.DiffId == request.DiffId && running.TryJoin(notify), false);
            var download = new LayerDownload(request, fetcher.FetchAsync);
            download.TryJoin(notify);
            _running[request.Blob.Digest] = download;
            return (download, true, true);
        }
    }

    private async Task EndAsync(LayerDownload download)
    {
        await EndOfAsync(download);
        lock (_lock)
        {
            if (_running.GetValueOrDefault(download.Request.Blob.Digest) == download)
                _running.Remove(download.Request.Blob.Digest);
        }

        if (download.Completion.IsCompletedSuccessfully)
            layers.Release([download.Request.DiffId]);
        download.Dispose();
    }
}
