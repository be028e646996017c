using Boreal.Engine.Errors;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Volumes;

/// <summary>What a container gets at one of its paths: a host path, or a part below it that no link in it leads out of.</summary>
internal sealed record MountSource(string Destination, string Path, string Subpath)
{
    private const ResolveFlags Walk = ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;

    /// <summary>A handle that only names it; null when it is not there.</summary>
    public FileDescriptor? TryOpen(out int errno)
    {
        if (Subpath.Length == 0)
            return FileDescriptor.TryOpen(Path, OpenFlags.PathOnly, 0, out errno);
        using var root = FileDescriptor.TryOpen(Path, OpenFlags.PathOnly | OpenAt.DirectoryOnly, 0, out errno);
        return root is null ? null : OpenAt.TryOpen(root, Subpath, OpenFlags.PathOnly, Walk, 0, out errno);
    }

    /// <exception cref="EngineException">NotFound, in Docker's words.</exception>
    public FileDescriptor Open()
    {
        if (TryOpen(out var errno) is { } opened)
            return opened;
        var path = System.IO.Path.Combine(Path, Subpath);
        var reason = errno == Errno.ENOENT ? "no such file or directory" : new LinuxException(errno, "lstat").Message["lstat: ".Length..].ToLowerInvariant();
        throw new EngineException(ErrorKind.NotFound, $"cannot access path {path}: lstat {path}: {reason}");
    }
}
