using System.Buffers;
using Boreal.Oci.Content;
using Boreal.Registry.Blobs;
using Boreal.Registry.Repositories;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Storage;

/// <summary>
/// After a start: blobs that were not on the disk when the registry ended. If only its process had ended, the kernel still has
/// them; if the machine has, each is read, and one that is not whole goes, so that clients push it again.
/// </summary>
internal sealed partial class BlobRescue(DataPaths paths, BlobSyncs syncs, RepositoryStore repositories, ILogger logger)
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    public void Run()
    {
        var unfinished = syncs.Unfinished().ToList();
        var boot = File.ReadAllText(BootId);
        var bootFile = Path.Combine(paths.UnsyncedFolder, "boot");
        var isSameBoot = File.Exists(bootFile) && File.ReadAllText(bootFile) == boot;
        foreach (var digest in unfinished)
        {
            if (isSameBoot || IsWhole(digest))
                syncs.Start(digest);
            else
                Remove(digest);
        }
        if (!isSameBoot)
            File.WriteAllText(bootFile, boot);
    }

    private bool IsWhole(Digest digest)
    {
        using var hash = new ContentHash(ContentHash.AlgorithmOf(digest));
        using var file = File.OpenHandle(paths.Unsynced(digest), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        for (var offset = 0L; RandomAccess.Read(file, buffer, offset) is > 0 and var count; offset += count)
            hash.Append(buffer.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash.Current() == digest;
    }

    private void Remove(Digest digest)
    {
        Log.Removed(logger, digest.Value);
        foreach (var name in repositories.Places)
            File.Delete(paths.Blob(name, digest));
        File.Delete(paths.Blob(digest));
        File.Delete(paths.Unsynced(digest));
    }

    private static partial class Log
    {
        [LoggerMessage(631, LogLevel.Warning, "blob {Digest} was not whole after the machine went down, it is removed")]
        internal static partial void Removed(ILogger logger, string digest);
    }
}
