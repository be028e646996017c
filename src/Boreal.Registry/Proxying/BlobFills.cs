using System.Collections.Concurrent;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Proxying;

/// <summary>The blobs that are on their way, one transfer for all who want the same. A transfer goes on when its readers have gone.</summary>
internal sealed partial class BlobFills(Upstream upstream, BlobStore blobs, DataPaths paths, ILogger logger) : IAsyncDisposable
{
    private const int Most = 64;

    private readonly ConcurrentDictionary<(RepositoryName, Digest), Lazy<BlobFill>> _fills = new();
    private readonly ConcurrentDictionary<BlobFill, Task> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    public BlobFill? Find(RepositoryName repository, Digest digest) => _fills.GetValueOrDefault((repository, digest))?.Value;

    /// <exception cref="RegistryException">Too many transfers are under way.</exception>
    public BlobFill Begin(RepositoryName repository, Digest digest, long size)
    {
        if (_fills.Count >= Most)
            throw new RegistryException(RegistryErrorCode.TooManyRequests, "too many blobs are being fetched") { Headers = headers => headers.RetryAfter = "5" };
        return _fills.GetOrAdd((repository, digest), key => new Lazy<BlobFill>(() => Start(key, size))).Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Values);
        _stopping.Dispose();
    }

    private BlobFill Start((RepositoryName Repository, Digest Digest) key, long size)
    {
        // Lies among uploads, whose folder is cleared of what is no upload at the next start.
        var fill = new BlobFill(key.Digest, size, Path.Combine(paths.Uploads, $"fill-{Guid.NewGuid():N}"));
        _running[fill] = RunAsync(key, fill);
        return fill;
    }

    private async Task RunAsync((RepositoryName Repository, Digest Digest) key, BlobFill fill)
    {
        await Task.Yield();
        try
        {
            var descriptor = new Descriptor { MediaType = "application/octet-stream", Digest = key.Digest, Size = fill.Size };
            await fill.RunAsync(() => upstream.Open(key.Repository).Download(descriptor), path => blobs.Publish(path, key.Digest, key.Repository), _stopping.Token);
            Log.Kept(logger, key.Repository.Value, key.Digest.Value, fill.Size);
        }
        catch (DistributionException e)
        {
            upstream.Note(e);
            Log.Failed(logger, key.Repository.Value, key.Digest.Value, e.Message);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The registry stops; readers are cut with their connections.
        }
        catch (Exception e)
        {
            Log.Failed(logger, key.Repository.Value, key.Digest.Value, e.Message);
        }
        finally
        {
            // Those who read have the file open.
            File.Delete(fill.Path);
            _fills.TryRemove(key, out _);
            _running.TryRemove(fill, out _);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(722, LogLevel.Debug, "{Repository}@{Digest} is kept, {Size} bytes")]
        internal static partial void Kept(ILogger logger, string repository, string digest, long size);

        [LoggerMessage(723, LogLevel.Warning, "{Repository}@{Digest} did not come: {Reason}")]
        internal static partial void Failed(ILogger logger, string repository, string digest, string reason);
    }
}
