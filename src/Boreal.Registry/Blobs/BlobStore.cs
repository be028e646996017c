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
internal sealed class BlobStore(DataPaths paths, RegistryOptions options, TimeProvider clock)
{
    private const int EMLINK = 31;
    private const FileShare Anyone = FileShare.ReadWrite | FileShare.Delete;

    // A digest's lock is held while its names change and while it is decided that they may go.
    private readonly Lock[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

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
        lock (LockOf(digest))
            return Touch(file.FullName) ? file.Length : null;
    }

    public bool Has(RepositoryName repository, Digest digest) => File.Exists(paths.Blob(repository, digest));

    /// <summary>Gives a complete file, whose content has this digest, to a repository. The file keeps its own name too.</summary>
    public void Publish(string file, Digest digest, RepositoryName repository)
    {
        RepositoryFolder.Ensure(paths, repository);
        var shared = paths.Blob(digest);
        var own = EnsureFolder(paths.Blob(repository, digest));
        EnsureFolder(shared);
        lock (LockOf(digest))
        {
            var errno = HardLink.TryMake(file, shared);
            if (errno is not (0 or Errno.EEXIST))
                throw new LinuxException(errno, "link", shared);
            if (errno is Errno.EEXIST)
                Touch(shared);
            errno = HardLink.TryMake(shared, own);
            // A file system's limit of names per file is reached: later repositories share this newer copy.
            if (errno is EMLINK && (errno = HardLink.TryMake(file, own)) is 0)
                File.Move(file, shared, overwrite: true);
            if (errno is not (0 or Errno.EEXIST))
                throw new LinuxException(errno, "link", own);
        }
    }

    /// <summary>Gives a blob of one repository to another; false when the first does not have it.</summary>
    public bool TryMount(RepositoryName from, RepositoryName to, Digest digest)
    {
        var source = paths.Blob(from, digest);
        if (!File.Exists(source))
            return false;
        RepositoryFolder.Ensure(paths, to);
        var target = EnsureFolder(paths.Blob(to, digest));
        lock (LockOf(digest))
        {
            if (!Touch(source))
                return false;
            var errno = HardLink.TryMake(source, target);
            // ENOENT: deleted just now. EMLINK: cannot be shared once more, so it has to be pushed.
            return errno is 0 or Errno.EEXIST || (errno is Errno.ENOENT or EMLINK ? false : throw new LinuxException(errno, "link", target));
        }
    }

    /// <summary>Takes a blob from a repository; false when it has none.</summary>
    public bool TryDelete(RepositoryName repository, Digest digest)
    {
        var path = paths.Blob(repository, digest);
        lock (LockOf(digest))
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

    private static string EnsureFolder(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "/");
        return file;
    }

    private Lock LockOf(Digest digest) => _locks[Convert.ToInt32(digest.Hex[..2], 16) % _locks.Length];
}
