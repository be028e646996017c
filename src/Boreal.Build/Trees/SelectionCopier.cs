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

    private readonly Stack<Place> _folders = new();
    // Where the first name of a file with several has gone, from the target.
    private readonly Dictionary<(ulong FileSystem, ulong Inode), string> _links = [];
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
    private FileDescriptor? _target;
    private LayerChanges? _changes;
    private string? _name;
    private string _top = "";

    /// <summary>Where to copy what comes next.</summary>
    /// <param name="folder">The caller's; stays open while copying goes on.</param>
    /// <param name="name">What the copy is called; null for the name it has.</param>
    /// <param name="changes">Where the folder is of a tree on layers: the same folder in its changes.</param>
    public void Begin(FileDescriptor folder, string? name, LayerChanges? changes = null)
    {
        // The kernel would follow it out of the folder.
        if (name is "" or "." or ".." || (name?.Contains('/') ?? false))
            throw new InvalidOperationException($"\"{name}\" is no name of a file in a folder");
        (_target, _name, _changes, _top) = (folder, name, changes, "");
        _links.Clear();
    }

    public void Enter(in SelectedEntry folder, bool isChosen)
    {
        var ((target, isPast, _), name) = TargetOf(folder);
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
        _folders.Push(errno == 0 && !isPast && _changes is { } changes
            ? new Place(changes.Open(FromTarget(folder)), IsPast: true, isDescribed)
            : new Place(OpenAt.OpenDirectory(target, name), isPast, isDescribed));
    }

    public void Leave(in SelectedEntry folder)
    {
        var (target, _, isDescribed) = _folders.Pop();
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
        var (place, name) = TargetOf(entry);
        var target = place.Folder;
        if (entry.Status.Links > 1)
        {
            MakeRoom(target, name, entry.Path);
            if (TryLink(entry, place, name))
                return;
        }

        if (entry.Status.IsRegular)
        {
            using var from = OpenAt.Open(entry.Folder, entry.Name, OpenFlags.ReadOnly | OpenAt.NoFollow | OpenFlags.NonBlocking | OpenFlags.NoTerminal, ResolveFlags.None);
            using var to = Create(target, name, entry.Path);
            FileCopy.Copy(entry, from, to, rules, _buffer);
            return;
        }

        MakeRoom(target, name, entry.Path);
        if (entry.Status.IsSymbolicLink)
            Check(NodeAt.TryMakeSymbolicLink(NodeAt.ReadLink(entry.Folder, entry.Name), target, name), "symlinkat", entry.Path);
        else
            Check(NodeAt.TryMakeNode(target, name, entry.Status.Kind, 0x180, (entry.Status.DeviceMajor, entry.Status.DeviceMinor)), "mknodat", entry.Path);
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

    private (Place Place, string Name) TargetOf(in SelectedEntry entry)
    {
        if (_folders.TryPeek(out var top))
            return (top, entry.Name);
        return (new Place(Target, IsPast: false, IsDescribed: false), entry.Path.Length == 0 ? _name ?? entry.Name : entry.Name);
    }

    // From the folder that is copied to.
    private string FromTarget(in SelectedEntry entry) =>
        entry.Path.Length == 0 ? _name ?? entry.Name : _top.Length == 0 ? entry.Path : $"{_top}/{entry.Path}";

    // There is seldom something in the way.
    private static FileDescriptor Create(FileDescriptor target, string name, string path)
    {
        const OpenFlags flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive;
        if (OpenAt.TryOpen(target, name, flags, ResolveFlags.None, 0x180, out var errno) is { } file)
            return file;
        if (errno != Errno.EEXIST)
            throw new LinuxException(errno, "openat2", path);
        MakeRoom(target, name, path);
        return OpenAt.Open(target, name, flags, ResolveFlags.None, 0x180);
    }

    private static void MakeRoom(FileDescriptor target, string name, string path)
    {
        var errno = NodeAt.TryUnlink(target, name);
        if (errno is Errno.EISDIR)
            throw new BuildException($"cannot replace to directory {(path.Length == 0 ? name : path)} with file");
        if (errno is not (0 or Errno.ENOENT))
            throw new LinuxException(errno, "unlinkat", path);
    }

    private bool TryLink(in SelectedEntry entry, in Place place, string name)
    {
        var file = (entry.Status.FileSystem, entry.Status.Inode);
        if (!_links.TryGetValue(file, out var first))
        {
            _links.Add(file, FromTarget(entry));
            return false;
        }

        // Names of one file are made on one side of the overlay.
        var errno = place.IsPast && _changes is { } changes
            ? NodeAt.TryLink(changes.Root, changes.PathOf(first), place.Folder, name)
            : NodeAt.TryLink(Target, first, place.Folder, name);
        Check(errno, "linkat", entry.Path);
        return true;
    }

    // Owner first: changing it takes capabilities and set-id bits away.
    private void Describe(in SelectedEntry entry, FileDescriptor target, string name)
    {
        var (uid, gid) = rules.Owner ?? (entry.Status.Uid, entry.Status.Gid);
        AttributesAt.SetOwner(target, name, uid, gid);
        foreach (var attribute in ExtendedAttributes.List(entry.Folder, entry.Name).Where(FileCopy.IsCopied))
        {
            if (ExtendedAttributes.Get(entry.Folder, entry.Name, attribute) is { } value)
                FileCopy.Check(ExtendedAttributes.TrySet(target, name, attribute, value), entry.Path, attribute);
        }

        if (!entry.Status.IsSymbolicLink)
            AttributesAt.SetMode(target, name, rules.ModeOf(entry.Status));
    }

    private static void Check(int errno, string call, string path)
    {
        if (errno != 0)
            throw new LinuxException(errno, call, path);
    }

    /// <param name="Folder">Where copies go.</param>
    /// <param name="IsPast">It was opened past the overlay of its tree.</param>
    /// <param name="IsDescribed">It gets what its original is.</param>
    private readonly record struct Place(FileDescriptor Folder, bool IsPast, bool IsDescribed);
}
