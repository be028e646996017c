using System.Buffers;
using Boreal.Build.Builds;
using Boreal.Build.Contexts;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>
/// Copies what was chosen into a folder, over what is there: files take the place of files, folders join. Names of one file that has
/// several stay one. Not for use by several threads.
/// </summary>
internal sealed class SelectionCopier(CopyRules rules) : ISelectionHandler, IDisposable
{
    private const int PieceBytes = 256 * 1024;
    private const int NotSupported = 95;

    private readonly Stack<(FileDescriptor Folder, bool IsDescribed)> _folders = new();
    // Where the first name of a file with several has gone, from the target.
    private readonly Dictionary<(ulong FileSystem, ulong Inode), string> _links = [];
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
    private FileDescriptor? _target;
    private string? _name;
    private string _top = "";

    /// <summary>Where to copy what comes next.</summary>
    /// <param name="folder">The caller's; stays open while copying goes on.</param>
    /// <param name="name">What the copy is called; null for the name it has.</param>
    public void Begin(FileDescriptor folder, string? name)
    {
        // The kernel would follow it out of the folder.
        if (name is "" or "." or ".." || (name?.Contains('/') ?? false))
            throw new InvalidOperationException($"\"{name}\" is no name of a file in a folder");
        (_target, _name, _top) = (folder, name, "");
        _links.Clear();
    }

    public void Enter(in SelectedEntry folder, bool isChosen)
    {
        var (target, name) = TargetOf(folder);
        if (folder.Path.Length == 0)
            _top = name;
        var errno = NodeAt.TryMakeDirectory(target, name, 0x1C0);
        if (errno == Errno.EEXIST && StatAt.Get(target, name) is not { IsDirectory: true })
            throw new BuildException($"cannot copy to non-directory: {folder.Path}");
        if (errno is not (0 or Errno.EEXIST))
            throw new LinuxException(errno, "mkdirat", folder.Path);
        var isDescribed = isChosen || errno == 0;
        if (isDescribed)
            Describe(folder, target, name);
        _folders.Push((OpenAt.OpenDirectory(target, name), isDescribed));
    }

    public void Leave(in SelectedEntry folder)
    {
        var (target, isDescribed) = _folders.Pop();
        using (target)
        {
            // Last, because what was put into it has changed it.
            if (isDescribed)
                AttributesAt.SetTimes(target, null, folder.Status.Modified);
        }
    }

    public void Take(in SelectedEntry entry)
    {
        if (entry.Status.Kind is FileKind.Socket)
            return;
        var (target, name) = TargetOf(entry);
        MakeRoom(target, name, entry.Path);
        var isLinked = entry.Status.Links > 1 && TryLink(entry, target, name);
        if (isLinked)
            return;
        switch (entry.Status.Kind)
        {
            case FileKind.Regular: CopyContent(entry, target, name); break;
            case FileKind.SymbolicLink: Check(NodeAt.TryMakeSymbolicLink(NodeAt.ReadLink(entry.Folder, entry.Name), target, name), "symlinkat", entry.Path); break;
            default: Check(NodeAt.TryMakeNode(target, name, entry.Status.Kind, 0x180, (entry.Status.DeviceMajor, entry.Status.DeviceMinor)), "mknodat", entry.Path); break;
        }

        Describe(entry, target, name);
        AttributesAt.SetTimes(target, name, null, entry.Status.Modified);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        while (_folders.TryPop(out var left))
            left.Folder.Dispose();
    }

    private FileDescriptor Target => _target ?? throw new InvalidOperationException("a copy has to begin somewhere");

    private (FileDescriptor Folder, string Name) TargetOf(in SelectedEntry entry)
    {
        if (_folders.TryPeek(out var top))
            return (top.Folder, entry.Name);
        return (Target, entry.Path.Length == 0 ? _name ?? entry.Name : entry.Name);
    }

    private static void MakeRoom(FileDescriptor target, string name, string path)
    {
        var errno = NodeAt.TryUnlink(target, name);
        if (errno is Errno.EISDIR)
            throw new BuildException($"cannot replace to directory {(path.Length == 0 ? name : path)} with file");
        if (errno is not (0 or Errno.ENOENT))
            throw new LinuxException(errno, "unlinkat", path);
    }

    private bool TryLink(in SelectedEntry entry, FileDescriptor target, string name)
    {
        var file = (entry.Status.FileSystem, entry.Status.Inode);
        if (!_links.TryGetValue(file, out var first))
        {
            _links.Add(file, entry.Path.Length == 0 ? name : _top.Length == 0 ? entry.Path : $"{_top}/{entry.Path}");
            return false;
        }

        Check(NodeAt.TryLink(Target, first, target, name), "linkat", entry.Path);
        return true;
    }

    private void CopyContent(in SelectedEntry entry, FileDescriptor target, string name)
    {
        using var from = OpenAt.Open(entry.Folder, entry.Name, OpenFlags.ReadOnly | OpenAt.NoFollow | OpenFlags.NonBlocking | OpenFlags.NoTerminal, ResolveFlags.None);
        using var to = OpenAt.Open(target, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, ResolveFlags.None, 0x180);
        int count;
        while ((count = from.TryRead(_buffer)) > 0)
            to.WriteAll(_buffer.AsSpan(0, count));
        Check(-count, "read", entry.Path);
    }

    // Owner first: changing it takes capabilities and set-id bits away.
    private void Describe(in SelectedEntry entry, FileDescriptor target, string name)
    {
        var (uid, gid) = rules.Owner ?? (entry.Status.Uid, entry.Status.Gid);
        AttributesAt.SetOwner(target, name, uid, gid);
        foreach (var attribute in ExtendedAttributes.List(entry.Folder, entry.Name))
        {
            // What we note about received files, and what overlayfs notes, is no part of the file.
            if (attribute.StartsWith("trusted.", StringComparison.Ordinal) || ExtendedAttributes.Get(entry.Folder, entry.Name, attribute) is not { } value)
                continue;
            var errno = ExtendedAttributes.TrySet(target, name, attribute, value);
            if (errno is not (0 or NotSupported or Errno.EPERM))
                throw new LinuxException(errno, "lsetxattr", $"{entry.Path} {attribute}");
        }

        if (!entry.Status.IsSymbolicLink)
            AttributesAt.SetMode(target, name, rules.ModeOf(entry.Status));
    }

    private static void Check(int errno, string call, string path)
    {
        if (errno != 0)
            throw new LinuxException(errno, call, path);
    }
}
