using System.Collections.Concurrent;
using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Protocol.Types;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Google.Protobuf;

namespace Boreal.Build.Contexts;

/// <summary>A folder of ours on its way to a client: all of it, with one time where one is given.</summary>
internal sealed class SentTree(string folder, DateTimeOffset? time = null) : ISentFolder, IDisposable
{
    private readonly FileDescriptor _root = FileDescriptor.Open(folder, OpenAt.DirectoryOnly);
    private readonly ConcurrentDictionary<uint, string> _files = [];
    private readonly Dictionary<ulong, string> _linked = [];
    private uint _next;

    public IEnumerable<Stat> Describe() => Describe("");

    public ISentFile? TryOpen(uint entry)
    {
        if (!_files.TryRemove(entry, out var path))
            throw new ContextException($"the client asked for file {entry}, which it was not told of");
        var file = OpenAt.TryOpen(_root, path, OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenAt.NoFollow, ResolveFlags.Beneath | ResolveFlags.NoSymlinks, 0, out _);
        return file is null ? null : new SentFile(file);
    }

    public void Dispose() => _root.Dispose();

    private IEnumerable<Stat> Describe(string path)
    {
        using var directory = OpenAt.Open(_root, path.Length == 0 ? "." : path, OpenAt.DirectoryOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks);
        foreach (var name in DirectoryEntries.Names(directory).Order(Comparer<string>.Create(PathOrder.Compare)))
        {
            // What is gone meanwhile is no entry.
            if (StatAt.TryGet(directory, name, out var errno) is not { } status)
            {
                if (errno != Errno.ENOENT)
                    throw new LinuxException(errno, "statx", name);
                continue;
            }
            var child = path.Length == 0 ? name : $"{path}/{name}";
            yield return Describe(directory, name, child, status);
            if (!status.IsDirectory)
                continue;
            foreach (var below in Describe(child))
                yield return below;
        }
    }

    private Stat Describe(FileDescriptor directory, string name, string path, FileStatus status)
    {
        var id = _next++;
        var stat = new Stat
        {
            Path = ByteString.CopyFrom(PathText.Encode(path)),
            Mode = GoMode.Of(status.Kind is FileKind.Socket ? FileKind.Regular : status.Kind, status.Permissions),
            Uid = status.Uid,
            Gid = status.Gid,
            ModTime = time is { } given ? given.ToUnixTimeSeconds() * 1_000_000_000 : (status.Modified.Seconds * 1_000_000_000) + status.Modified.Nanoseconds,
        };
        if (status.IsSymbolicLink)
        {
            stat.Linkname = ByteString.CopyFrom(PathText.Encode(NodeAt.ReadLink(directory, name)));
        }
        else if (!status.IsDirectory && status.Links > 1 && !_linked.TryAdd(status.Inode, path))
        {
            stat.Linkname = ByteString.CopyFrom(PathText.Encode(_linked[status.Inode]));
        }
        else if (status.IsRegular)
        {
            stat.Size = status.Size;
        }
        if (status.Kind is FileKind.BlockDevice or FileKind.CharacterDevice)
            (stat.Devmajor, stat.Devminor) = (status.DeviceMajor, status.DeviceMinor);
        if (status.Kind is FileKind.Regular or FileKind.Socket)
            _files[id] = path;
        return stat;
    }

    private sealed class SentFile(FileDescriptor file) : ISentFile
    {
        // What cannot be read any more is at its end.
        public int Read(Span<byte> buffer) => Math.Max(file.TryRead(buffer), 0);

        public void Dispose() => file.Dispose();
    }
}
