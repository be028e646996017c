using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Oci.Content;
using Boreal.Registry.Blobs;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;

namespace Boreal.Registry.Collection;

/// <summary>Removes names of blobs from repositories, and files nobody has a name for.</summary>
internal sealed class BlobSweeper(DataPaths paths, BlobLocks locks, RegistryOptions options, TimeProvider clock)
{
    /// <summary>Takes from a repository what is old and not named.</summary>
    public void Sweep(RepositoryName repository, HashSet<Digest> named, CollectionTally tally)
    {
        foreach (var (digest, folder) in Content(paths.RepositoryBlobs(repository)))
        {
            if (named.Contains(digest))
                continue;
            lock (locks.Of(digest))
            {
                if (StatAt.TryGet(folder, digest.Hex, out _) is not { } status || !IsOld(status))
                    continue;
                tally.CountBlob(repository, digest, status.Size);
                if (!tally.DryRun)
                    NodeAt.TryUnlink(folder, digest.Hex);
            }
        }
    }

    /// <summary>Removes files that no repository has a name for.</summary>
    public void SweepShared(CollectionTally tally, CancellationToken cancellationToken)
    {
        foreach (var (digest, folder) in Content(paths.Blobs))
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (locks.Of(digest))
            {
                if (StatAt.TryGet(folder, digest.Hex, out _) is not { } status || status.Links > 1 + tally.NamesLeft(digest) || !IsOld(status))
                    continue;
                tally.CountFile(status.Size);
                if (!tally.DryRun)
                    NodeAt.TryUnlink(folder, digest.Hex);
            }
        }
    }

    public bool IsOld(RepositoryName repository, Digest digest)
    {
        var file = new FileInfo(paths.Blob(repository, digest));
        return file.Exists && clock.GetUtcNow() - file.LastWriteTimeUtc >= options.CollectionGrace;
    }

    private bool IsOld(FileStatus status) =>
        clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(status.Modified.Seconds) >= options.CollectionGrace;

    /// <summary>The blobs below a folder of algorithms, each with the open folder it lies in.</summary>
    private static IEnumerable<(Digest Digest, FileDescriptor Folder)> Content(string root)
    {
        if (!Directory.Exists(root))
            yield break;
        foreach (var path in Directory.EnumerateDirectories(root))
        {
            using var folder = FileDescriptor.Open(path, OpenFlags.PathOnly | OpenAt.DirectoryOnly);
            foreach (var file in Directory.EnumerateFiles(path))
            {
                if (Digest.TryParse($"{Path.GetFileName(path)}:{Path.GetFileName(file)}", out var digest))
                    yield return (digest, folder);
            }
        }
    }
}
