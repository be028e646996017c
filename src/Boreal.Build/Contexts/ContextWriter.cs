using System.Buffers;
using Boreal.BuildWire.Packets;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Build.Contexts;

/// <summary>
/// Makes a folder the same as the one that is described to it: (1) entries in order, each kept, changed or made; (2) the data of
/// files that were wanted, several at once; (3) other names of files, and what folders are, when all is there.
/// A file counts as unchanged by size and modification time, which is set last: one that was cut short is wanted again.
/// </summary>
internal sealed class ContextWriter : IDisposable
{
    private const uint PrivateFolder = 0x1C0;

    private readonly FileDescriptor _root;
    private readonly FolderStack _folders;
    // With the size of the file whose place the data take, where there is one.
    private readonly Dictionary<uint, (ContextEntry Entry, long? Before)> _wanted = [];
    private readonly Dictionary<uint, FileDraft> _drafts = [];
    private readonly List<ContextEntry> _links = [];
    private readonly List<ContextEntry> _inside = [];
    private (string Path, FileDescriptor Descriptor)? _folder;

    public ContextWriter(FileDescriptor root)
    {
        _root = root;
        _folders = new FolderStack(root);
    }

    /// <summary>Files whose data are still to come.</summary>
    public int Missing => _wanted.Count + _drafts.Count;

    /// <summary>(1) True when the file's data are wanted, under the number it was sent with.</summary>
    public bool Add(uint id, ContextEntry entry)
    {
        var name = entry.Name;
        var parent = _folders.Visit(entry, name);
        var existing = StatAt.TryGet(parent, name, out var errno);
        if (existing is null && errno != Errno.ENOENT)
            throw new LinuxException(errno, "statx", entry.Path);
        if (entry.Kind is FileKind.Directory)
        {
            AddFolder(parent, entry, name, existing);
            return false;
        }
        if (entry.IsHardLink)
        {
            _links.Add(entry);
            return false;
        }
        if (existing is { } status)
        {
            if (IsSame(parent, entry, name, status))
            {
                if (!IsDescribed(entry, status))
                    Describe(parent, entry, name);
                return false;
            }
            // Written in place when it has no other name, which may be kept as it is. Where many files go and come at once, ext4 is slow:
            // it looks for places of files that were not removed just now.
            if (entry.Kind is FileKind.Regular && status is { IsRegular: true, Links: 1 })
            {
                _wanted.Add(id, (entry, status.Size));
                return true;
            }

            TreeRemover.Remove(parent, name);
        }
        if (entry.Kind is FileKind.Regular)
        {
            _wanted.Add(id, (entry, null));
            return true;
        }
        Make(parent, entry, name);
        return false;
    }

    /// <summary>(2) No data is the file's end.</summary>
    public void Write(uint id, ReadOnlySequence<byte> data)
    {
        if (!_drafts.TryGetValue(id, out var draft))
        {
            if (!_wanted.Remove(id, out var wanted))
                throw NotWanted(id);
            draft = new FileDraft(FolderOf(wanted.Entry), wanted.Entry, wanted.Before);
            _drafts.Add(id, draft);
        }
        if (!data.IsEmpty)
        {
            draft.Write(data);
            return;
        }
        _drafts.Remove(id);
        using (draft)
            draft.Complete();
    }

    public static ContextException NotWanted(uint id) => new($"the client sent data of file {id}, which was not asked for");

    /// <summary>There are no more entries: what was not among them goes.</summary>
    public void EndEntries() => _folders.Finish();

    /// <summary>(3)</summary>
    public void Complete()
    {
        foreach (var link in _links)
            Link(link);
        // A folder's time changes with what is made in it, so the inner ones are done first.
        for (var index = _inside.Count - 1; index >= 0; index--)
        {
            var folder = _inside[index];
            var name = folder.Name;
            using var parent = OpenFolder(folder.Parent);
            var status = StatAt.Get(parent, name);
            if (!IsDescribed(folder, status) || status.Modified != folder.Modified)
                Describe(parent, folder, name);
        }
    }

    public void Dispose()
    {
        foreach (var draft in _drafts.Values)
            draft.Dispose();
        _folders.Dispose();
        _folder?.Descriptor.Dispose();
    }

    private void AddFolder(FileDescriptor parent, ContextEntry entry, string name, FileStatus? existing)
    {
        var isNew = existing is not { IsDirectory: true };
        if (isNew)
        {
            if (existing is not null)
                TreeRemover.Remove(parent, name);
            NodeAt.MakeDirectory(parent, name, PrivateFolder);
        }
        _inside.Add(entry);
        _folders.Enter(entry, name, isNew);
    }

    // What is in the folder now was sent this time: all else is gone.
    private void Link(ContextEntry link)
    {
        var target = TreePath.Clean(link.Target);
        var (folder, name) = target is null ? ("", "") : TreePath.Split(target);
        using var from = name.Length == 0 ? null : OpenAt.TryOpen(_root, folder.Length == 0 ? "." : folder, OpenAt.DirectoryOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks, 0, out _);
        if (from is null || StatAt.TryGet(from, name, out _) is not { IsDirectory: false, IsSymbolicLink: false } file)
            throw new ContextException($"{link.Path}: the client sent it as another name of {link.Target}, which it did not send");
        using var parent = OpenFolder(link.Parent);
        if (StatAt.TryGet(parent, link.Name, out _) is { } existing)
        {
            if (existing.Inode == file.Inode)
                return;
            TreeRemover.Remove(parent, link.Name);
        }
        Check(NodeAt.TryLink(from, name, parent, link.Name), "linkat", link.Path);
    }

    private static bool IsSame(FileDescriptor parent, ContextEntry entry, string name, FileStatus existing)
    {
        if (existing.Kind != entry.Kind)
            return false;
        return entry.Kind switch
        {
            FileKind.Regular => existing.Size == entry.Size && existing.Modified == entry.Modified,
            FileKind.SymbolicLink => NodeAt.ReadLink(parent, name) == entry.Target,
            FileKind.CharacterDevice or FileKind.BlockDevice => (existing.DeviceMajor, existing.DeviceMinor) == entry.Device,
            _ => true,
        };
    }

    private static bool IsDescribed(ContextEntry entry, FileStatus existing) =>
        (existing.Uid, existing.Gid) == (entry.Uid, entry.Gid) && (existing.Permissions == entry.Permissions || entry.Kind is FileKind.SymbolicLink);

    private static void Make(FileDescriptor parent, ContextEntry entry, string name)
    {
        if (entry.Kind is FileKind.SymbolicLink)
            Check(NodeAt.TryMakeSymbolicLink(entry.Target, parent, name), "symlinkat", entry.Path);
        else
            Check(NodeAt.TryMakeNode(parent, name, entry.Kind, entry.Permissions, entry.Device), "mknodat", entry.Path);
        Describe(parent, entry, name);
    }

    private static void Describe(FileDescriptor parent, ContextEntry entry, string name)
    {
        AttributesAt.SetOwner(parent, name, entry.Uid, entry.Gid);
        if (entry.Kind is not FileKind.SymbolicLink)
            AttributesAt.SetMode(parent, name, entry.Permissions);
        entry.SetAttributes(parent, name);
        AttributesAt.SetTimes(parent, name, null, entry.Modified);
    }

    // Files of one folder come one after the other.
    private FileDescriptor FolderOf(ContextEntry entry)
    {
        if (_folder is { } open && entry.Parent.SequenceEqual(open.Path))
            return open.Descriptor;
        _folder?.Descriptor.Dispose();
        _folder = null;
        var folder = OpenFolder(entry.Parent);
        _folder = (entry.Parent.ToString(), folder);
        return folder;
    }

    private FileDescriptor OpenFolder(ReadOnlySpan<char> path) =>
        OpenAt.Open(_root, path.IsEmpty ? "." : path.ToString(), OpenAt.DirectoryOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks);

    private static void Check(int errno, string call, string path)
    {
        if (errno != 0)
            throw new LinuxException(errno, call, path);
    }
}
