using Boreal.Build.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Running;

/// <summary>
/// The empty files and folders that a runtime makes to mount something on. They are no part of what the program made, so those that were
/// not there before go again, and the folders they lay in get their times back.
/// </summary>
internal sealed class MountStubs
{
    private readonly string _root;
    // Deepest last.
    private readonly List<(string Path, FileTime? ParentModified)> _missing = [];

    /// <param name="root">The tree, before anything is mounted in it.</param>
    /// <param name="targets">Where something will be.</param>
    public MountStubs(string root, IEnumerable<string> targets)
    {
        _root = root;
        using var tree = FileDescriptor.Open(root, OpenAt.DirectoryOnly);
        foreach (var target in targets)
            Note(tree, RootedPath.Resolve(tree, target));
    }

    /// <summary>After the program has ended and nothing is mounted any more.</summary>
    public void Remove()
    {
        using var tree = FileDescriptor.Open(_root, OpenAt.DirectoryOnly);
        foreach (var (path, modified) in _missing.OrderByDescending(stub => stub.Path.Count('/')))
        {
            var (parentPath, name) = RootedPath.Split(path);
            if (RootedPath.Resolve(tree, path) != path || StatAt.TryGet(tree, path, out _) is not { } status)
                continue;
            using var parent = RootedPath.OpenFolder(tree, parentPath == "." ? "" : parentPath);
            var errno = status.IsDirectory ? NodeAt.TryRemoveDirectory(parent, name) : status.Size == 0 ? NodeAt.TryUnlink(parent, name) : 0;
            if (errno == 0 && modified is { } time)
                AttributesAt.SetTimes(parent, null, time);
        }
    }

    private void Note(FileDescriptor tree, string path)
    {
        while (path.Length > 0 && StatAt.TryGet(tree, path, out _) is null && _missing.All(stub => stub.Path != path))
        {
            var (parent, _) = RootedPath.Split(path);
            _missing.Add((path, StatAt.TryGet(tree, parent, out _)?.Modified));
            path = parent == "." ? "" : parent;
        }
    }
}
