using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Oci.Content;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Storage;

/// <summary>
/// Brings blobs to the disk behind the back of who pushes them. Until that is done a blob has a further name in
/// <c>unsynced</c>; who needs it to last waits for it. After a crash of the machine those names tell what must be looked at.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "a SemaphoreSlim whose wait handle is never asked for owns nothing")]
internal sealed partial class BlobSyncs(DataPaths paths, ILogger logger)
{
    private const int Threads = 4;

    private readonly ConcurrentDictionary<Digest, Task> _running = new();
    private readonly SemaphoreSlim _atOnce = new(Threads);

    /// <summary>To be called before the file gets its name among the blobs, and <see cref="Start"/> after that.</summary>
    public void Mark(string file, Digest digest)
    {
        var marker = paths.Unsynced(digest);
        var errno = HardLink.TryMake(file, marker);
        if (errno is Errno.EEXIST)
        {
            // Of an earlier file with this content, which has gone since.
            File.Delete(marker);
            errno = HardLink.TryMake(file, marker);
        }
        if (errno is not 0)
            throw new LinuxException(errno, "link", marker);
    }

    public void Start(Digest digest)
    {
        var isKept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[digest] = SyncAsync(digest, isKept.Task);
        isKept.SetResult();
    }

    /// <summary>Done when the blob is on the disk.</summary>
    /// <exception cref="IOException">The disk would not take it.</exception>
    public Task WaitAsync(Digest digest) => _running.GetValueOrDefault(digest) ?? Task.CompletedTask;

    /// <summary>What a former process had not brought to the disk.</summary>
    public IEnumerable<Digest> Unfinished() =>
        from path in Directory.EnumerateFiles(Directory.CreateDirectory(paths.UnsyncedFolder).FullName)
        where Digest.TryParse(Path.GetFileName(path).Replace('-', ':'), out _)
        select Digest.Parse(Path.GetFileName(path).Replace('-', ':'));

    /// <summary>Waits for all that was started; what failed has been logged.</summary>
    public async Task FinishAsync()
    {
        foreach (var sync in _running.Values)
            await sync.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SyncAsync(Digest digest, Task isKept)
    {
        await isKept;
        var marker = paths.Unsynced(digest);
        await _atOnce.WaitAsync();
        try
        {
            using (var file = File.OpenHandle(marker, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
                await Durable.FileAsync(file);
            File.Delete(marker);
        }
        catch (IOException e)
        {
            // Nobody is given it any more; what names it already is looked at by the next start, for which the marker stays.
            Log.Failed(logger, e, digest.Value);
            File.Delete(paths.Blob(digest));
            throw;
        }
        finally
        {
            _atOnce.Release();
            _running.TryRemove(digest, out _);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(630, LogLevel.Error, "blob {Digest} could not be written to the disk")]
        internal static partial void Failed(ILogger logger, Exception exception, string digest);
    }
}
