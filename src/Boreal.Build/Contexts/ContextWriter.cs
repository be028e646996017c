using System.Buffers;
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
    private readonly FileDescriptor _root;
    private readonly FolderStack _folders;
    private readonly Dictionary<uint, ContextEntry> _wanted = [];
    private readonly Dictionary<uint, FileDraft> _drafts = [];
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly List<ContextEntry> _links = [];
    private readonly List<ContextEntry> _changedFolders = [];

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
        var parent = _folders.Visit(entry);
        var existing = StatAt.TryGet(parent, entry.Name, out var errno);
        if (existing is null && errno != Errno.ENOENT)
            throw new LinuxException(errno, "statx", entry.Path);
        if (entry.Kind is FileKind.Directory)
        {
            AddFolder(parent, entry, existing);
            return false;
        }
        if (entry.IsHardLink)
        {
            AddLink(entry);
            return false;
        }
        if (entry.Kind is not FileKind.SymbolicLink)
            _files.Add(entry.Path);
        if (existing is { } status && IsSame(parent, entry, status))
        {
            if (status.Permissions != entry.Permissions && entry.Kind is not FileKind.SymbolicLink || status.Uid != entry.Uid || status.Gid != entry.Gid)
                Describe(parent, entry);
            return false;
        }
        // Never written in place: another name of the file may be kept as it is.
        TreeRemover.Remove(parent, entry.Name);
        if (entry.Kind is FileKind.Regular)
        {
            _wanted.Add(id, entry);
            return true;
        }
        Make(parent, entry);
        return false;
    }

    /// <summary>(2) No data is the file's end.</summary>
    public void Write(uint id, ReadOnlySequence<byte> data)
    {
        if (!_drafts.TryGetValue(id, out var draft))
        {
            if (!_wanted.Remove(id, out var entry))
                throw new ContextException($"the client sent data of file {id}, which was not asked for");
            draft = FileDraft.Create(OpenParent(entry), entry);
            _drafts.Add(id, draft);
        }
        if (!data.IsEmpty)
        {
            draft.Write(data);
            return;
        }
        _drafts.Remove(id);
        using (draft)
            Finish(draft);
    }

    /// <summary>There are no more entries: what was not among them goes.</summary>
    public void EndEntries() => _folders.Finish();

    /// <summary>(3)</summary>
    public void Complete()
    {
        foreach (var link in _links)
            Link(link);
        // A folder's time changes with what is made in it, so the inner ones are done first.
        for (var index = _changedFolders.Count - 1; index >= 0; index--)
        {
            using var parent = OpenParent(_changedFolders[index]);
            Describe(parent, _changedFolders[index]);
        }
    }

    public void Dispose()
    {
        foreach (var draft in _drafts.Values)
            draft.Dispose();
        _folders.Dispose();
    }

    private void AddFolder(FileDescriptor parent, ContextEntry entry, FileStatus? existing)
    {
        var isNew = existing is not { IsDirectory: true };
        if (isNew)
        {
            TreeRemover.Remove(parent, entry.Name);
            NodeAt.MakeDirectory(parent, entry.Name, 0x1C0);
        }
        _changedFolders.Add(entry);
        _folders.Enter(entry, isNew);
    }

    private void AddLink(ContextEntry entry)
    {
        if (!_files.Contains(entry.Target))
            throw new ContextException($"{entry.Path}: the client sent it as another name of {entry.Target}, which it did not send before");
        _links.Add(entry);
    }

    private void Link(ContextEntry link)
    {
        var slash = link.Target.LastIndexOf('/');
        using var from = OpenFolder(slash < 0 ? "" : link.Target[..slash]);
        using var parent = OpenParent(link);
        var name = link.Target[(slash + 1)..];
        var target = StatAt.Get(from, name);
        if (StatAt.TryGet(parent, link.Name, out _) is { } existing && existing.Inode == target.Inode)
            return;
        TreeRemover.Remove(parent, link.Name);
        Check(NodeAt.TryLink(from, name, parent, link.Name), "linkat", link.Path);
    }

    private static bool IsSame(FileDescriptor parent, ContextEntry entry, FileStatus existing)
    {
        if (existing.Kind != entry.Kind)
            return false;
        return entry.Kind switch
        {
            FileKind.Regular => existing.Size == entry.Size && existing.Modified == entry.Modified,
            FileKind.SymbolicLink => existing.Size == PathText.Encode(entry.Target).Length && NodeAt.ReadLink(parent, entry.Name) == entry.Target,
            FileKind.CharacterDevice or FileKind.BlockDevice => (existing.DeviceMajor, existing.DeviceMinor) == entry.Device,
            _ => true,
        };
    }

    private static void Make(FileDescriptor parent, ContextEntry entry)
    {
        if (entry.Kind is FileKind.SymbolicLink)
            Check(NodeAt.TryMakeSymbolicLink(entry.Target, parent, entry.Name), "symlinkat", entry.Path);
        else
            Check(NodeAt.TryMakeNode(parent, entry.Name, entry.Kind, entry.Permissions, entry.Device), "mknodat", entry.Path);
        Describe(parent, entry);
    }

    private void Finish(FileDraft draft)
    {
        using var parent = OpenParent(draft.Entry);
        ContextDigest.Set(parent, draft.Entry.Name, draft.Digest());
        Describe(parent, draft.Entry);
    }

    private static void Describe(FileDescriptor parent, ContextEntry entry)
    {
        AttributesAt.SetOwner(parent, entry.Name, entry.Uid, entry.Gid);
        if (entry.Kind is not FileKind.SymbolicLink)
            AttributesAt.SetMode(parent, entry.Name, entry.Permissions);
        foreach (var (name, value) in entry.Attributes)
            // Not every file system keeps every attribute, and a build goes on without.
            _ = ExtendedAttributes.TrySet(parent, entry.Name, name, value.Span);
        AttributesAt.SetTimes(parent, entry.Name, null, entry.Modified);
    }

    private FileDescriptor OpenParent(ContextEntry entry) => OpenFolder(entry.Parent);

    private FileDescriptor OpenFolder(string path) =>
        OpenAt.Open(_root, path.Length == 0 ? "." : path, OpenAt.DirectoryOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks);

    private static void Check(int errno, string call, string path)
    {
        if (errno != 0)
            throw new LinuxException(errno, call, path);
    }
}
