using System.Buffers;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Trees;

/// <summary>
/// Copies a tree by descriptor with owners, modes, times, extended attributes, hard links and device nodes. Sockets are
/// left out. Nothing is followed below <paramref name="root"/>, the folder copied into: somebody else may work there too.
/// Not for use by several threads.
/// </summary>
internal sealed class TreeCopier(FileDescriptor root, CancellationToken cancellationToken)
{
    private const int NotSupported = 95;
    private const int CopyBytes = 256 * 1024;

    // Where the first name of a file with several has gone.
    private readonly Dictionary<(ulong FileSystem, ulong Inode), string> _links = [];

    /// <summary>Everything below a directory.</summary>
    public void Contents(FileDescriptor source) => Contents(source, root, "");

    /// <summary>Gives one name the owner, attributes, mode and times of another, in the order in which none undoes the others.</summary>
    public static void Describe(FileDescriptor source, string from, FileDescriptor target, string to)
    {
        var status = StatAt.Get(source, from);
        AttributesAt.SetOwner(target, to, status.Uid, status.Gid);
        foreach (var attribute in ExtendedAttributes.List(source, from))
        {
            // overlayfs reads instructions from these: they are no part of the file.
            if (attribute.StartsWith("trusted.overlay.", StringComparison.Ordinal) || ExtendedAttributes.Get(source, from, attribute) is not { } value)
                continue;
            var errno = ExtendedAttributes.TrySet(target, to, attribute, value);
            if (errno is not (0 or NotSupported or Errno.EPERM))
                throw new LinuxException(errno, "lsetxattr", $"{to} {attribute}");
        }

        if (!status.IsSymbolicLink)
            AttributesAt.SetMode(target, to, status.Permissions);
        AttributesAt.SetTimes(target, to, null, status.Modified);
    }

    private void Contents(FileDescriptor source, FileDescriptor target, string path)
    {
        using var listed = OpenAt.OpenDirectory(source, ".");
        foreach (var name in DirectoryEntries.Names(listed))
            Entry(source, target, name, TreePath.Join(path, name));
    }

    private void Entry(FileDescriptor source, FileDescriptor target, string name, string path)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (StatAt.TryGet(source, name, out _) is not { } status || status.Kind is FileKind.Socket)
            return;
        if (!status.IsDirectory && status.Links > 1 && TryLink(status, target, name, path))
            return;
        switch (status.Kind)
        {
            case FileKind.Regular: Regular(source, target, name); break;
            case FileKind.Directory: Directory(source, target, name, path); break;
            case FileKind.SymbolicLink: Check(NodeAt.TryMakeSymbolicLink(NodeAt.ReadLink(source, name), target, name), "symlinkat", name); break;
            default: Check(NodeAt.TryMakeNode(target, name, status.Kind, 0x180, (status.DeviceMajor, status.DeviceMinor)), "mknodat", name); break;
        }

        Describe(source, name, target, name);
    }

    private bool TryLink(FileStatus status, FileDescriptor target, string name, string path)
    {
        var key = (status.FileSystem, status.Inode);
        if (!_links.TryGetValue(key, out var first))
        {
            _links.Add(key, path);
            return false;
        }

        var (folder, firstName) = TreePath.Split(first);
        using var directory = OpenAt.Open(root, folder.Length == 0 ? "." : folder, OpenFlags.PathOnly | OpenAt.DirectoryOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks);
        Check(NodeAt.TryLink(directory, firstName, target, name), "linkat", name);
        return true;
    }

    private void Directory(FileDescriptor source, FileDescriptor target, string name, string path)
    {
        NodeAt.MakeDirectory(target, name, 0x1C0);
        using var from = OpenAt.OpenDirectory(source, name);
        using var to = OpenAt.OpenDirectory(target, name);
        Contents(from, to, path);
    }

    private static void Regular(FileDescriptor source, FileDescriptor target, string name)
    {
        using var from = OpenAt.Open(source, name, OpenFlags.ReadOnly | OpenAt.NoFollow | OpenFlags.NonBlocking | OpenFlags.NoTerminal, ResolveFlags.None);
        using var to = OpenAt.Open(target, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, ResolveFlags.None, 0x180);
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            int count;
            while ((count = from.TryRead(buffer)) > 0)
                to.WriteAll(buffer.AsSpan(0, count));
            if (count < 0)
                throw new LinuxException(-count, "read", name);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Check(int errno, string call, string name)
    {
        if (errno != 0)
            throw new LinuxException(errno, call, name);
    }
}
