using System.Buffers;
using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Protocol.Types;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Cli.Building.Sessions;

/// <summary>
/// A folder here that a result is put into, over what is there. Owners are this user; nothing is written outside, neither by a path nor
/// through a link; a file appears under its name when it is whole.
/// </summary>
internal sealed class ReceivedFolder : IDisposable
{
    private const uint PrivateFolder = 0x1C0;
    private const uint PrivateFile = 0x180;

    private readonly FileDescriptor _root;
    private readonly Dictionary<uint, Stat> _wanted = [];
    private readonly Dictionary<uint, Draft> _drafts = [];
    private readonly List<Stat> _links = [];
    private readonly List<Stat> _folders = [];

    public ReceivedFolder(string path)
    {
        Directory.CreateDirectory(path);
        _root = FileDescriptor.Open(path, OpenAt.DirectoryOnly);
    }

    /// <summary>Files whose data are still to come.</summary>
    public int Missing => _wanted.Count + _drafts.Count;

    /// <summary>True when the entry's data are wanted.</summary>
    public bool Add(uint id, Stat entry)
    {
        var kind = GoMode.KindOf(entry.Mode);
        using var parent = OpenParent(entry, out var name);
        var isFolder = StatAt.TryGet(parent, name, out _) is { IsDirectory: true };
        if (isFolder && kind is not FileKind.Directory) throw new ContextException($"cannot overwrite the directory {PathOf(entry)} with what is none");
        switch (kind)
        {
            case FileKind.Directory:
                if (!isFolder) Replace(parent, name, entry, () => NodeAt.TryMakeDirectory(parent, name, PrivateFolder));
                _folders.Add(entry);
                return false;
            case FileKind.SymbolicLink:
                Replace(parent, name, entry, () => NodeAt.TryMakeSymbolicLink(PathText.Decode(entry.Linkname.Span), parent, name));
                AttributesAt.SetTimes(parent, name, null, TimeOf(entry));
                return false;
            case FileKind.Regular when entry.Linkname.IsEmpty:
                _wanted.Add(id, entry);
                return true;
            case FileKind.Regular:
                _links.Add(entry);
                return false;
            case FileKind.Unknown or FileKind.Socket:
                throw new ContextException($"{PathOf(entry)}: a file of an unknown kind");
            default:
                Replace(parent, name, entry, () => NodeAt.TryMakeNode(parent, name, kind, GoMode.PermissionsOf(entry.Mode), ((uint)entry.Devmajor, (uint)entry.Devminor)));
                return false;
        }
    }

    /// <summary>No data is the file's end.</summary>
    public void Write(uint id, ReadOnlySequence<byte> data)
    {
        if (!_drafts.TryGetValue(id, out var draft))
        {
            if (!_wanted.Remove(id, out var entry)) throw new ContextException($"data of file {id} came, which was not asked for");
            _drafts[id] = draft = new Draft(OpenParent(entry, out var name), name, entry);
        }

        if (!data.IsEmpty)
        {
            draft.Write(data);
            return;
        }

        _drafts.Remove(id);
        using (draft) draft.Complete();
    }

    /// <summary>Everything is there: other names of files, and then what folders are, the inner ones first.</summary>
    public void Complete()
    {
        foreach (var link in _links)
        {
            using var from = OpenParent(link.Linkname.Span, out var target);
            using var parent = OpenParent(link, out var name);
            Replace(parent, name, link, () => NodeAt.TryLink(from, target, parent, name));
        }

        foreach (var folder in Enumerable.Reverse(_folders))
        {
            using var parent = OpenParent(folder, out var name);
            AttributesAt.SetMode(parent, name, GoMode.PermissionsOf(folder.Mode));
            AttributesAt.SetTimes(parent, name, null, TimeOf(folder));
        }
    }

    public void Dispose()
    {
        foreach (var draft in _drafts.Values) draft.Dispose();
        _root.Dispose();
    }

    private FileDescriptor OpenParent(Stat entry, out string name) => OpenParent(entry.Path.Span, out name);

    private FileDescriptor OpenParent(ReadOnlySpan<byte> bytes, out string name)
    {
        var path = PathText.Decode(bytes).TrimStart('/');
        var slash = path.LastIndexOf('/');
        name = path[(slash + 1)..];
        if (name is "" or "." or ".." || name.Contains('\0', StringComparison.Ordinal)) throw new ContextException($"{path} cannot be a path below the folder");
        return OpenAt.Open(_root, slash < 0 ? "." : path[..slash], OpenAt.DirectoryOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks);
    }

    private static void Replace(FileDescriptor parent, string name, Stat entry, Func<int> make)
    {
        var errno = make();
        if (errno is Errno.EEXIST)
        {
            NodeAt.TryUnlink(parent, name);
            errno = make();
        }

        if (errno is not 0) throw new LinuxException(errno, "create", PathOf(entry));
    }

    private static string PathOf(Stat entry) => PathText.Decode(entry.Path.Span);

    private static FileTime TimeOf(Stat entry)
    {
        var seconds = Math.DivRem(entry.ModTime, 1_000_000_000, out var rest);
        return rest < 0 ? new FileTime(seconds - 1, (uint)(rest + 1_000_000_000)) : new FileTime(seconds, (uint)rest);
    }

    /// <summary>A file while its data come, under a name that nobody has. Owns its folder's descriptor.</summary>
    private sealed class Draft(FileDescriptor parent, string name, Stat entry) : IDisposable
    {
        private readonly string _partial = $".{Guid.NewGuid():n}.partial";
        private FileDescriptor? _file;
        private bool _complete;

        public void Write(ReadOnlySequence<byte> data)
        {
            foreach (var part in data) Open().WriteAll(part.Span);
        }

        public void Complete()
        {
            AttributesAt.SetMode(Open(), GoMode.PermissionsOf(entry.Mode));
            AttributesAt.SetTimes(Open(), null, TimeOf(entry));
            var errno = NodeAt.TryRename(parent, _partial, parent, name);
            if (errno is not 0) throw new LinuxException(errno, "rename", PathOf(entry));
            _complete = true;
        }

        public void Dispose()
        {
            if (!_complete) NodeAt.TryUnlink(parent, _partial);
            _file?.Dispose();
            parent.Dispose();
        }

        private FileDescriptor Open() =>
            _file ??= OpenAt.Open(parent, _partial, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenAt.NoFollow, ResolveFlags.NoSymlinks, PrivateFile);
    }
}
