using System.Collections.Concurrent;
using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Protocol.Types;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Google.Protobuf;

namespace Boreal.Cli.Building.Folders;

/// <summary>The wanted part of a folder. Owners do not travel: everything becomes root's.</summary>
internal sealed class FilteredFolder(string folder, FolderSelection selection) : ISentFolder, IDisposable
{
    private static readonly Comparer<string> ByteOrder = Comparer<string>.Create(PathOrder.Compare);

    private readonly FileDescriptor _root = FileDescriptor.Open(folder, OpenAt.DirectoryOnly);
    private readonly ConcurrentDictionary<uint, string> _files = [];
    private readonly Dictionary<(ulong FileSystem, ulong Inode), ByteString> _linked = [];
    private readonly List<(Stat Entry, bool IsSent)> _above = [];
    private uint _next;

    public IEnumerable<Stat> Describe()
    {
        // A folder of which only something inside is wanted is sent with the first of that.
        foreach (var (entry, path) in Walk("", default))
        {
            for (var level = 0; level < _above.Count; level++)
            {
                if (_above[level].IsSent) continue;
                _above[level] = (_above[level].Entry, true);
                _next++;
                yield return _above[level].Entry;
            }

            if (path is not null) _files[_next] = path;
            _next++;
            yield return entry;
        }
    }

    public ISentFile? TryOpen(uint entry)
    {
        if (!_files.TryGetValue(entry, out var path)) throw new ContextException($"file {entry} was asked for, which is none");
        var file = OpenAt.TryOpen(_root, path, OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenAt.NoFollow, ResolveFlags.Beneath | ResolveFlags.NoSymlinks, 0, out _);
        return file is null ? null : new SentFile(file, path);
    }

    public void Dispose() => _root.Dispose();

    private IEnumerable<(Stat Entry, string? File)> Walk(string path, FolderSelection.Verdict above)
    {
        using var directory = OpenAt.Open(_root, path.Length is 0 ? "." : path, OpenAt.DirectoryOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks);
        foreach (var name in DirectoryEntries.Names(directory).Order(ByteOrder))
        {
            var child = path.Length is 0 ? name : $"{path}/{name}";
            // What is gone meanwhile is no entry.
            if (StatAt.TryGet(directory, name, out var errno) is not { } status)
            {
                if (errno is not Errno.ENOENT) throw new LinuxException(errno, "lstat", $"{folder}/{child}");
                continue;
            }

            var verdict = selection.Judge(child, status.IsDirectory, above);
            if (!verdict.IsWanted && !verdict.MayHoldWanted) continue;
            var entry = Describe(directory, name, child, status);
            if (!status.IsDirectory)
            {
                yield return (entry, status.Kind is FileKind.Regular or FileKind.Socket ? child : null);
                continue;
            }

            if (verdict.IsWanted) yield return (entry, null);
            if (!verdict.MayHoldWanted) continue;
            _above.Add((entry, verdict.IsWanted));
            foreach (var below in Walk(child, verdict)) yield return below;
            _above.RemoveAt(_above.Count - 1);
        }
    }

    private Stat Describe(FileDescriptor directory, string name, string path, in FileStatus status)
    {
        var stat = new Stat
        {
            Path = ByteString.CopyFrom(PathText.Encode(path)),
            // A socket arrives as the empty file that it is to a reader.
            Mode = GoMode.Of(status.Kind is FileKind.Socket ? FileKind.Regular : status.Kind, status.Permissions),
            ModTime = (status.Modified.Seconds * 1_000_000_000) + status.Modified.Nanoseconds,
        };
        if (status.IsSymbolicLink) stat.Linkname = ByteString.CopyFrom(PathText.Encode(NodeAt.ReadLink(directory, name)));
        else if (!status.IsDirectory && status.Links > 1 && !_linked.TryAdd((status.FileSystem, status.Inode), stat.Path)) stat.Linkname = _linked[(status.FileSystem, status.Inode)];
        if (status.IsRegular) stat.Size = status.Size;
        if (status.Kind is FileKind.BlockDevice or FileKind.CharacterDevice) (stat.Devmajor, stat.Devminor) = (status.DeviceMajor, status.DeviceMinor);
        if (!status.IsSymbolicLink) AddAttributes(stat, directory, name);
        return stat;
    }

    private static void AddAttributes(Stat stat, FileDescriptor directory, string name)
    {
        foreach (var attribute in ExtendedAttributes.List(directory, name))
        {
            if (ExtendedAttributes.Get(directory, name, attribute) is { } value) stat.Xattrs[attribute] = ByteString.CopyFrom(value);
        }
    }

    private sealed class SentFile(FileDescriptor file, string path) : ISentFile
    {
        public int Read(Span<byte> buffer)
        {
            var count = file.TryRead(buffer);
            return count >= 0 ? count : throw new LinuxException(-count, "read", path);
        }

        public void Dispose() => file.Dispose();
    }
}
