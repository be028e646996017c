using System.Buffers;
using System.Security.Cryptography;
using Boreal.Engine.Errors;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Trees;

/// <summary>
/// Lays archive entries over a directory, in order. Every path is walked by the kernel with the directory as its root,
/// so no name or link in the archive reaches outside. Not for use by several threads.
/// </summary>
internal sealed class TreeExtractor(FileDescriptor root, TreeRules rules) : IDisposable
{
    private const uint ImpliedDirectoryMode = 0x1ED; // 0755
    private const int CopyBytes = 256 * 1024;

    private readonly List<(string Path, FileTime Accessed, FileTime Modified)> _directories = [];
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
    private readonly string _rootPath = NodeAt.PathOf(root);
    private string _parentPath = "";
    private string _realParentPath = "";
    private FileDescriptor? _parent;

    /// <summary>Bytes of files and link texts laid down, replaced ones included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether something laid down was replaced or removed by a later entry.</summary>
    public bool Replaced { get; private set; }

    /// <summary>Lays one entry down; its payload is read from <paramref name="reader"/>.</summary>
    public void Apply(TarEntry entry, string path, TarReader reader)
    {
        // The root's own entry changes nothing: the root belongs to whoever made it.
        if (path.Length == 0)
            return;

        path = TreePath.Join(rules.Prefix, path);
        var (parentPath, name) = TreePath.Split(path);
        var parent = Parent(parentPath);
        if (rules.Whiteouts && Whiteouts.TryApply(parent, name, path, Owner(entry)))
            return;

        switch (entry.Kind)
        {
            case TarKind.Regular: Regular(entry, parent, name, path, reader); break;
            case TarKind.Directory: Directory(entry, parent, name, path); break;
            case TarKind.HardLink: HardLink(entry, parent, name, path); break;
            case TarKind.SymbolicLink: SymbolicLink(entry, parent, name, path); break;
            case TarKind.CharacterDevice or TarKind.BlockDevice or TarKind.Fifo: Node(entry, parent, name, path); break;
            default: throw new TarException($"{path}: unknown type of archive entry");
        }
    }

    /// <summary>Sets the times of directories, which laying things in them has changed.</summary>
    public void Finish()
    {
        foreach (var (path, accessed, modified) in _directories)
        {
            var (parentPath, name) = TreePath.Split(path);
            var parent = Parent(parentPath);
            if (StatAt.TryGet(parent, name, out _) is { IsDirectory: true })
                AttributesAt.SetTimes(parent, name, accessed, modified);
        }
    }

    public void Dispose()
    {
        ForgetParent();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private void Regular(TarEntry entry, FileDescriptor parent, string name, string path, TarReader reader)
    {
        Bytes += entry.Size;
        using var earlier = EarlierFile.TryOpen(rules.Before, path, entry.Size);
        if (earlier is not null && earlier.IsSame(reader, _buffer))
        {
            Place(() => earlier.TryLink(parent, name), parent, name, path, entry);
            Describe(entry, earlier.File, isNew: false, path);
            return;
        }

        using var file = Create(parent, name, path, entry);
        if (entry.Size > 0)
            rules.PayloadAt?.Invoke(TreePath.Join(_realParentPath, name), entry.Size);
        using var hash = rules.Hashed is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Write(ReadOnlySpan<byte> data)
        {
            hash?.AppendData(data);
            file.WriteAll(data);
        }

        earlier?.WriteRead(Write);
        int count;
        while ((count = reader.ReadPayload(_buffer)) > 0)
            Write(_buffer.AsSpan(0, count));
        Describe(entry, file, isNew: true, path);
        if (hash is not null)
            rules.Hashed?.Invoke(file, hash.GetHashAndReset());
    }

    private FileDescriptor Create(FileDescriptor parent, string name, string path, TarEntry entry)
    {
        FileDescriptor? file = null;
        Place(() =>
        {
            file = OpenAt.TryOpen(parent, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, ResolveFlags.None, 0x180, out var errno);
            return errno;
        }, parent, name, path, entry);
        return file ?? throw new LinuxException(Errno.ENOENT, "open", path);
    }

    private void Place(Func<int> make, FileDescriptor parent, string name, string path, TarEntry entry)
    {
        var errno = make();
        if (errno == Errno.EEXIST)
        {
            MakeRoom(parent, name, path, entry);
            errno = make();
        }

        if (errno != 0)
            throw new LinuxException(errno, "open", path);
    }

    private void Directory(TarEntry entry, FileDescriptor parent, string name, string path)
    {
        var errno = NodeAt.TryMakeDirectory(parent, name, 0x1C0);
        if (errno == Errno.EEXIST && !StatAt.Get(parent, name).IsDirectory)
        {
            MakeRoom(parent, name, path, entry);
            errno = NodeAt.TryMakeDirectory(parent, name, 0x1C0);
        }

        if (errno is not (0 or Errno.EEXIST))
            throw new LinuxException(errno, "mkdirat", path);
        Describe(entry, parent, name, path);
        _directories.Add((path, Accessed(entry), Modified(entry)));
    }

    private void HardLink(TarEntry entry, FileDescriptor parent, string name, string path)
    {
        var target = TreePath.Clean(entry.LinkName.Span);
        if (string.IsNullOrEmpty(target))
            throw new EngineException(ErrorKind.Invalid, $"invalid hardlink \"{path}\" -> \"{PathText.Decode(entry.LinkName.Span)}\"");

        var (targetParent, targetName) = TreePath.Split(TreePath.Join(rules.Prefix, target));
        using var from = OpenAt.Open(root, targetParent.Length == 0 ? "." : targetParent, OpenFlags.PathOnly | OpenAt.DirectoryOnly, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks);
        var errno = NodeAt.TryLink(from, targetName, parent, name);
        if (errno == Errno.EEXIST)
        {
            MakeRoom(parent, name, path, entry);
            errno = NodeAt.TryLink(from, targetName, parent, name);
        }

        if (errno != 0)
            throw new LinuxException(errno, "linkat", $"{path} -> {target}");
        Describe(entry, parent, name, path);
    }

    private void SymbolicLink(TarEntry entry, FileDescriptor parent, string name, string path)
    {
        var target = PathText.Decode(entry.LinkName.Span);
        var errno = NodeAt.TryMakeSymbolicLink(target, parent, name);
        if (errno == Errno.EEXIST)
        {
            MakeRoom(parent, name, path, entry);
            errno = NodeAt.TryMakeSymbolicLink(target, parent, name);
        }

        if (errno != 0)
            throw new LinuxException(errno, "symlinkat", path);
        Describe(entry, parent, name, path);
        Bytes += entry.LinkName.Length;
    }

    private void Node(TarEntry entry, FileDescriptor parent, string name, string path)
    {
        var kind = entry.Kind switch
        {
            TarKind.CharacterDevice => FileKind.CharacterDevice,
            TarKind.BlockDevice => FileKind.BlockDevice,
            _ => FileKind.Fifo,
        };
        var errno = NodeAt.TryMakeNode(parent, name, kind, 0x180, (entry.DeviceMajor, entry.DeviceMinor));
        if (errno == Errno.EEXIST)
        {
            MakeRoom(parent, name, path, entry);
            errno = NodeAt.TryMakeNode(parent, name, kind, 0x180, (entry.DeviceMajor, entry.DeviceMinor));
        }

        if (errno != 0)
            throw new LinuxException(errno, "mknodat", path);
        Describe(entry, parent, name, path);
    }

    // Owner, attributes, mode and times, in the order in which none undoes another.
    private void Describe(TarEntry entry, FileDescriptor parent, string name, string path)
    {
        var (uid, gid) = Owner(entry);
        AttributesAt.SetOwner(parent, name, uid, gid);
        SetAttributes(entry, parent, name, path);
        var isLink = entry.Kind is TarKind.SymbolicLink
            || entry.Kind is TarKind.HardLink && StatAt.Get(parent, name).IsSymbolicLink;
        if (!isLink)
            AttributesAt.SetMode(parent, name, entry.Permissions);
        if (entry.Kind is not TarKind.Directory)
            AttributesAt.SetTimes(parent, name, Accessed(entry), Modified(entry));
    }

    // Writing and changing the owner both take capabilities and set-id bits away: attributes and mode come after.
    private void Describe(TarEntry entry, FileDescriptor file, bool isNew, string path)
    {
        var (uid, gid) = Owner(entry);
        AttributesAt.SetOwner(file, uid, gid);
        if (!isNew)
        {
            foreach (var left in ExtendedAttributes.List(file).Where(IsArchives))
                _ = ExtendedAttributes.TryRemove(file, left);
        }

        foreach (var (key, value) in entry.ExtendedAttributes)
        {
            if (IsArchives(key))
                Check(ExtendedAttributes.TrySet(file, key, value.Span), path, key);
        }

        AttributesAt.SetMode(file, entry.Permissions);
        AttributesAt.SetTimes(file, Accessed(entry), Modified(entry));
    }

    private static void SetAttributes(TarEntry entry, FileDescriptor parent, string name, string path)
    {
        foreach (var (key, value) in entry.ExtendedAttributes)
        {
            if (IsArchives(key))
                Check(ExtendedAttributes.TrySet(parent, name, key, value.Span), path, key);
        }
    }

    // overlayfs reads instructions from some, and we notes from others: an archive must not give any.
    private static bool IsArchives(string attribute) =>
        !attribute.StartsWith("trusted.overlay.", StringComparison.Ordinal)
        && !attribute.StartsWith("user.overlay.", StringComparison.Ordinal)
        && !attribute.StartsWith("trusted.boreal.", StringComparison.Ordinal);

    // As Docker: an attribute this file system or kind of file can't have is left out.
    private static void Check(int errno, string path, string attribute)
    {
        const int NotSupported = 95;
        if (errno is not (0 or NotSupported or Errno.EPERM))
            throw new LinuxException(errno, "setxattr", $"{path} {attribute}");
    }

    private void MakeRoom(FileDescriptor parent, string name, string path, TarEntry entry)
    {
        if (rules.KeepKinds)
            CheckKinds(StatAt.Get(parent, name).IsDirectory, entry.Kind is TarKind.Directory, path, "/" + rules.Prefix);
        rules.Discard(parent, name, TreePath.Join(_realParentPath, name));
        Replaced = true;
    }

    private static void CheckKinds(bool existing, bool wanted, string path, string destination)
    {
        if (existing == wanted)
            return;
        throw new EngineException(ErrorKind.Invalid, existing
            ? $"cannot overwrite directory \"/{path}\" with non-directory \"{destination}\""
            : $"cannot overwrite non-directory \"/{path}\" with directory \"{destination}\"");
    }

    private FileDescriptor Parent(string path)
    {
        if (_parent is not null && _parentPath == path)
            return _parent;
        ForgetParent();
        _parent = OpenPlain(path);
        _realParentPath = path;
        if (_parent is null)
        {
            _parent = OpenFolder(path, out var errno)
                ?? (errno == Errno.ENOENT ? MakeFolders(path) : throw new LinuxException(errno, "openat2", path));
            _realParentPath = RealPath(_parent, path);
        }

        _parentPath = path;
        return _parent;
    }

    private string RealPath(FileDescriptor folder, string path)
    {
        var real = NodeAt.PathOf(folder);
        return real == _rootPath ? ""
            : real.StartsWith(_rootPath + "/", StringComparison.Ordinal) ? real[(_rootPath.Length + 1)..]
            : throw new EngineException(ErrorKind.Invalid, $"\"{path}\" is outside of the archive's root");
    }

    // The usual case: no links on the way.
    private FileDescriptor? OpenPlain(string path) =>
        OpenAt.TryOpen(root, path.Length == 0 ? "." : path, OpenFlags.PathOnly | OpenAt.DirectoryOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks, 0, out _);

    private FileDescriptor? OpenFolder(string path, out int errno) =>
        OpenAt.TryOpen(root, path.Length == 0 ? "." : path, OpenFlags.PathOnly | OpenAt.DirectoryOnly, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, 0, out errno);

    private FileDescriptor MakeFolders(string path)
    {
        var (parentPath, name) = TreePath.Split(path);
        using (var parent = OpenFolder(parentPath, out var errno)
            ?? (errno == Errno.ENOENT ? MakeFolders(parentPath) : throw new LinuxException(errno, "openat2", parentPath)))
        {
            // What exists and yet could not be opened is a link that leads nowhere.
            if (NodeAt.TryMakeDirectory(parent, name, ImpliedDirectoryMode) is not 0)
                throw new LinuxException(Errno.ENOENT, "open", path);
            AttributesAt.SetMode(parent, name, ImpliedDirectoryMode);
            var (uid, gid) = rules.Owner ?? (0, 0);
            AttributesAt.SetOwner(parent, name, uid, gid);
        }

        return OpenFolder(path, out var failure) ?? throw new LinuxException(failure, "openat2", path);
    }

    private void ForgetParent()
    {
        _parent?.Dispose();
        _parent = null;
    }

    private (uint Uid, uint Gid) Owner(TarEntry entry) =>
        rules.Owner ?? (entry.Uid is >= 0 and < uint.MaxValue && entry.Gid is >= 0 and < uint.MaxValue
            ? ((uint)entry.Uid, (uint)entry.Gid)
            : throw TarException.InvalidHeader());

    private static FileTime Modified(TarEntry entry) => Bound(entry.Modified);

    private static FileTime Accessed(TarEntry entry)
    {
        var modified = Bound(entry.Modified);
        var accessed = entry.Accessed is { } known ? Bound(known) : modified;
        return (accessed.Seconds, accessed.Nanoseconds).CompareTo((modified.Seconds, modified.Nanoseconds)) > 0 ? accessed : modified;
    }

    // As Docker: times a file can't have become 1970.
    private static FileTime Bound(TarTime time) =>
        time.Seconds is < 0 or > uint.MaxValue * 4L ? new FileTime(0, 0) : new FileTime(time.Seconds, time.Nanoseconds);
}
