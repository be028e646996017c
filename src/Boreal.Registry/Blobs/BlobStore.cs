using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Oci.Content;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;
using Microsoft.Win32.SafeHandles;

namespace Boreal.Registry.Blobs;

/// <summary>
/// Content by digest. Each is one file with a name in <c>blobs</c> and one in every repository that has it, so a repository
/// keeps what it has whatever happens elsewhere, and a file with one name left is nobody's.
/// </summary>
internal sealed class BlobStore(DataPaths paths, BlobLocks locks, BlobSyncs syncs, RegistryOptions options, TimeProvider clock)
{
    private const int EMLINK = 31;
    private const int Attempts = 3;
    private const FileShare Anyone = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Opens a repository's blob for reading; null when it has none.</summary>
    public SafeFileHandle? TryOpen(RepositoryName repository, Digest digest)
    {
        try
        {
            return File.OpenHandle(paths.Blob(repository, digest), FileMode.Open, FileAccess.Read, Anyone);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The size of a repository's blob; null when it has none. What has been asked for is kept for a while.</summary>
    public long? SizeOf(RepositoryName repository, Digest digest)
    {
        var file = new FileInfo(paths.Blob(repository, digest));
        if (!file.Exists)
            return null;
        if (clock.GetUtcNow() - file.LastWriteTimeUtc <= options.CollectionGrace / 4)
            return file.Length;
        lock (locks.Of(digest))
            return Touch(file.FullName) ? file.Length : null;
    }

    public bool Has(RepositoryName repository, Digest digest) => File.Exists(paths.Blob(repository, digest));

    /// <summary>
    /// Gives a complete file, whose content has this digest, to a repository. The file keeps its own name too. It is on the disk
    /// when <see cref="BlobSyncs.WaitAsync"/> says so.
    /// </summary>
    public void Publish(string file, Digest digest, RepositoryName repository)
    {
        var shared = EnsureFolder(paths.Blob(digest));
        lock (locks.Of(digest))
        {
            if (!Touch(shared))
            {
                syncs.Mark(file, digest);
                if (HardLink.TryMake(file, shared) is not 0 and var failure)
                    throw new LinuxException(failure, "link", shared);
                syncs.Start(digest);
            }
            var errno = LinkInto(repository, digest, shared);
            // A file system's limit of names per file is reached: later repositories share this newer copy.
            if (errno is EMLINK && (errno = LinkInto(repository, digest, file)) is 0)
                ReplaceShared(file, shared);
            if (errno is not (0 or Errno.EEXIST))
                throw new LinuxException(errno, "link", paths.Blob(repository, digest));
        }
    }

    /// <summary>Gives a blob of one repository to another; false when the first does not have it.</summary>
    public bool TryMount(RepositoryName from, RepositoryName to, Digest digest)
    {
        var source = paths.Blob(from, digest);
        lock (locks.Of(digest))
        {
            if (!Touch(source))
                return false;
            var errno = LinkInto(to, digest, source);
            // EMLINK: cannot be shared once more, so it has to be pushed.
            return errno is 0 or Errno.EEXIST || (errno is EMLINK ? false : throw new LinuxException(errno, "link", paths.Blob(to, digest)));
        }
    }

    /// <summary>Takes a blob from a repository; false when it has none.</summary>
    public bool TryDelete(RepositoryName repository, Digest digest)
    {
        var path = paths.Blob(repository, digest);
        lock (locks.Of(digest))
        {
            if (!File.Exists(path))
                return false;
            File.Delete(path);
            return true;
        }
    }

    /// <summary>Young again, so that no collection takes it before its manifest comes; false when it is gone.</summary>
    private bool Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Links a file into a repository, whose place may just be removed because it was empty.</summary>
    private int LinkInto(RepositoryName repository, Digest digest, string file)
    {
        for (var attempt = 1; ; attempt++)
        {
            var errno = TryLinkInto(repository, digest, file);
            if (errno is not Errno.ENOENT || attempt == Attempts)
                return errno;
        }
    }

    private int TryLinkInto(RepositoryName repository, Digest digest, string file)
    {
        try
        {
            RepositoryFolder.Ensure(paths, repository);
            return HardLink.TryMake(file, EnsureFolder(paths.Blob(repository, digest)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Errno.ENOENT;
        }
    }

    /// <summary>The shared name goes to another file of the same content; the upload keeps its own.</summary>
    private static void ReplaceShared(string file, string shared)
    {
        var temporary = shared + ".new";
        File.Delete(temporary);
        if (HardLink.TryMake(file, temporary) is not 0 and var errno)
            throw new LinuxException(errno, "link", temporary);
        File.Move(temporary, shared, overwrite: true);
    }

    private static string EnsureFolder(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "/");
        return file;
    }
}
