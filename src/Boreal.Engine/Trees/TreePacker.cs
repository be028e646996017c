using System.Buffers;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Trees;

/// <summary>
/// Writes a tree as tar in Docker's manner: names without a leading slash, sorted, whole seconds, hard links, and the
/// one attribute Docker carries along, file capabilities. Sockets are left out. Safe on a tree that changes meanwhile.
/// </summary>
internal sealed class TreePacker(TarWriter writer, CancellationToken cancellationToken)
{
    private const string Capability = "security.capability";
    private const uint WhiteoutMode = 0x180; // 0600
    private const int CopyBytes = 256 * 1024;

    private readonly Dictionary<(ulong FileSystem, ulong Inode), byte[]> _links = [];

    /// <summary>Overlay whiteouts and opaque directories of a writable layer become <c>.wh.</c> entries.</summary>
    public bool Whiteouts { get; init; }

    /// <summary>The time that all entries have, instead of their own.</summary>
    public TarTime? Time { get; init; }

    /// <summary>Called before a file's content is written: its path in the tree and its length, which is never 0.</summary>
    public Action<string, long>? PayloadAt { get; init; }

    /// <summary>Bytes of all files as <see cref="TreeSize"/> counts them.</summary>
    public long Bytes { get; private set; }

    /// <summary>Everything below a directory, each name after <paramref name="prefix"/>.</summary>
    public void Contents(FileDescriptor directory, string prefix)
    {
        foreach (var name in DirectoryEntries.Names(directory))
            Entry(directory, name, TreePath.Join(prefix, name));
    }

    /// <summary>One name of a directory and, for a directory, everything below it.</summary>
    public void Entry(FileDescriptor directory, string name, string path)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (StatAt.TryGet(directory, name, out _) is not { } status)
            return;
        if (Whiteouts && Trees.Whiteouts.IsWhiteout(status))
        {
            var (parent, hidden) = TreePath.Split(path);
            Marker(TreePath.Join(parent, Trees.Whiteouts.Prefix + hidden), status, WhiteoutMode);
            return;
        }

        switch (status.Kind)
        {
            case FileKind.Regular: Regular(directory, name, path, status); break;
            case FileKind.Directory: Directory(directory, name, path, status); break;
            case FileKind.SymbolicLink: Link(directory, name, path, status); break;
            case FileKind.CharacterDevice or FileKind.BlockDevice or FileKind.Fifo: Node(path, status); break;
        }
    }

    private void Regular(FileDescriptor directory, string name, string path, FileStatus status)
    {
        if (status.Links > 1 && !_links.TryAdd((status.FileSystem, status.Inode), PathText.Encode(path)))
        {
            writer.Begin(Describe(path, TarKind.HardLink, status) with { LinkName = _links[(status.FileSystem, status.Inode)] });
            return;
        }

        // NONBLOCK: the name may by now be a fifo that somebody else put there.
        using var file = OpenAt.TryOpen(directory, name, OpenFlags.ReadOnly | OpenAt.NoFollow | OpenFlags.NonBlocking | OpenFlags.NoTerminal, ResolveFlags.None, 0, out _);
        if (file is null || StatAt.Get(file) is not { IsRegular: true } opened)
            return;
        writer.Begin(Describe(path, TarKind.Regular, opened) with { Size = opened.Size, ExtendedAttributes = Attributes(ExtendedAttributes.Get(file, Capability)) });
        Bytes += opened.Size;
        if (opened.Size > 0)
            PayloadAt?.Invoke(path, opened.Size);
        Payload(file, opened.Size);
    }

    private void Directory(FileDescriptor directory, string name, string path, FileStatus status)
    {
        using var child = OpenAt.TryOpen(directory, name, OpenAt.DirectoryOnly | OpenAt.NoFollow, ResolveFlags.None, 0, out _);
        if (child is null)
            return;
        writer.Begin(Describe(path.EndsWith('/') ? path : path + "/", TarKind.Directory, status) with { ExtendedAttributes = Attributes(ExtendedAttributes.Get(directory, name, Capability)) });
        if (Whiteouts && Trees.Whiteouts.IsOpaque(directory, name))
            Marker(TreePath.Join(path, Trees.Whiteouts.OpaqueName), status, status.Permissions & 0x1FF);
        Contents(child, path);
    }

    private void Link(FileDescriptor directory, string name, string path, FileStatus status)
    {
        writer.Begin(Describe(path, TarKind.SymbolicLink, status) with { LinkName = PathText.Encode(NodeAt.ReadLink(directory, name)) });
        Bytes += status.Size;
    }

    private void Node(string path, FileStatus status)
    {
        var kind = status.Kind switch
        {
            FileKind.CharacterDevice => TarKind.CharacterDevice,
            FileKind.BlockDevice => TarKind.BlockDevice,
            _ => TarKind.Fifo,
        };
        writer.Begin(Describe(path, kind, status) with { DeviceMajor = status.DeviceMajor, DeviceMinor = status.DeviceMinor });
    }

    private void Marker(string path, FileStatus status, uint mode) =>
        writer.Begin(new TarEntry
        {
            Name = PathText.Encode(path),
            Kind = TarKind.Regular,
            Uid = status.Uid,
            Gid = status.Gid,
            Permissions = mode,
            Modified = Time ?? new TarTime(status.Modified.Seconds, 0),
        });

    private void Payload(FileDescriptor file, long length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            while (length > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = file.TryRead(buffer.AsSpan(0, (int)Math.Min(length, buffer.Length)));
                // The header promised this length; a file that shrank is filled up with zeros.
                if (count <= 0)
                {
                    count = (int)Math.Min(length, buffer.Length);
                    buffer.AsSpan(0, count).Clear();
                }

                writer.Payload(buffer.AsSpan(0, count));
                length -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static KeyValuePair<string, ReadOnlyMemory<byte>>[] Attributes(byte[]? capability) => capability is null ? [] : [new(Capability, capability)];

    private TarEntry Describe(string path, TarKind kind, FileStatus status) => new()
    {
        Name = PathText.Encode(path),
        Kind = kind,
        Permissions = status.Permissions,
        Uid = status.Uid,
        Gid = status.Gid,
        Modified = Time ?? new TarTime(status.Modified.Seconds, 0),
    };
}
