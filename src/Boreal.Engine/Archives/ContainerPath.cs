using Boreal.Engine.Errors;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Archives;

/// <summary>
/// A path a client wrote, in a container's root: the kernel walks it with that root as its own, so no link in the
/// container leads out. A trailing slash or dot means what the last link points to.
/// </summary>
internal sealed class ContainerPath
{
    private const ResolveFlags Walk = ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;

    public ContainerPath(string path)
    {
        Requested = path;
        Clean = TreePath.Clean("/" + path) ?? "";
        FollowsLast = path.EndsWith('/') || path is "." || path.EndsWith("/.", StringComparison.Ordinal);
        BaseName = path.EndsWith("/.", StringComparison.Ordinal) || path is "." ? "." : Clean.Length == 0 ? "/" : TreePath.Split(Clean).Name;
    }

    public string Requested { get; }

    /// <summary>Without leading slash; empty for the root.</summary>
    public string Clean { get; }

    public bool FollowsLast { get; }

    /// <summary>What an archive of this path calls its topmost entry.</summary>
    public string BaseName { get; }

    /// <summary>The folder that holds the path's last component, and its name there; for the root and for trailing slashes the folder itself and <c>.</c>.</summary>
    public (FileDescriptor Folder, string Name) Open(FileDescriptor root, string containerName)
    {
        var (parent, name) = FollowsLast || Clean.Length == 0 ? (Clean, ".") : TreePath.Split(Clean);
        var folder = OpenAt.TryOpen(root, parent.Length == 0 ? "." : parent, OpenAt.DirectoryOnly, Walk, 0, out var errno);
        return folder is not null ? (folder, name) : throw Failure(errno, containerName);
    }

    /// <summary>The directory the path leads to, all links followed.</summary>
    public FileDescriptor OpenDirectory(FileDescriptor root, string containerName)
    {
        var directory = OpenAt.TryOpen(root, Clean.Length == 0 ? "." : Clean, OpenAt.DirectoryOnly, Walk, 0, out var errno);
        return directory
            ?? throw (errno == Errno.ENOTDIR ? new EngineException(ErrorKind.Invalid, "extraction point is not a directory") : Failure(errno, containerName));
    }

    /// <summary>Where the path's links lead, as a path in the container; for links that lead nowhere, as far as they are known.</summary>
    public string ResolveLinks(FileDescriptor root, string rootPath)
    {
        var path = Clean;
        for (var i = 0; i < 40; i++)
        {
            using var found = OpenAt.TryOpen(root, path, OpenFlags.PathOnly, Walk, 0, out _);
            if (found is not null)
                return "/" + TreePath.Clean(NodeAt.PathOf(found)[rootPath.Length..]);
            if (Step(root, path) is not { } next)
                break;
            path = next;
        }

        return "/" + path;
    }

    private static string? Step(FileDescriptor root, string path)
    {
        var (parent, name) = TreePath.Split(path);
        using var folder = OpenAt.TryOpen(root, parent.Length == 0 ? "." : parent, OpenAt.DirectoryOnly | OpenFlags.PathOnly, Walk, 0, out _);
        if (folder is null || StatAt.TryGet(folder, name, out _) is not { IsSymbolicLink: true })
            return null;
        var target = NodeAt.ReadLink(folder, name);
        return TreePath.Clean(target.StartsWith('/') ? target : "/" + TreePath.Join(parent, target));
    }

    private EngineException Failure(int errno, string containerName) => errno == Errno.ENOENT
        ? NotFound(containerName)
        : new EngineException(ErrorKind.Internal, new LinuxException(errno, "lstat", "/" + Clean).Message.Replace("Not a directory", "not a directory", StringComparison.Ordinal));

    public EngineException NotFound(string containerName) =>
        new(ErrorKind.NotFound, $"Could not find the file {Requested} in container {containerName}");
}
