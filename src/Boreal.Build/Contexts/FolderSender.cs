using System.Collections.Concurrent;
using System.Threading.Channels;
using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Protocol.Types;
using Boreal.BuildWire.Rpc;
using Boreal.Engine.Archives;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Google.Protobuf;

namespace Boreal.Build.Contexts;

/// <summary>
/// Sends a folder of ours to a client: describes every entry in order, sends the data of the files that the client then asks for,
/// and waits until it has all.
/// </summary>
internal sealed class FolderSender(RpcStream call, string folder, IProgress<long> progress) : IDisposable
{
    private const int Chunk = 64 * 1024;

    private readonly FileDescriptor _root = FileDescriptor.Open(folder, OpenAt.DirectoryOnly);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<uint, string> _files = [];
    private readonly Dictionary<ulong, string> _linked = [];
    private readonly byte[] _chunk = new byte[Chunk];
    private uint _next;
    private long _bytes;

    public async Task SendAsync(CancellationToken cancellationToken)
    {
        var asked = Channel.CreateUnbounded<uint>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        await SideBySide.RunAsync(
            cancellationToken,
            DescribeAllAsync,
            stop => ListenAsync(asked.Writer, stop),
            stop => AnswerAsync(asked.Reader, stop));
        await call.FinishSendingAsync(cancellationToken);
    }

    public void Dispose()
    {
        _root.Dispose();
        _writing.Dispose();
    }

    private async Task DescribeAllAsync(CancellationToken cancellationToken)
    {
        await DescribeAsync("", cancellationToken);
        await WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketStat }, cancellationToken);
    }

    private async Task DescribeAsync(string path, CancellationToken cancellationToken)
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
            await WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketStat, Stat = Describe(directory, name, child, status) }, cancellationToken);
            if (status.IsDirectory)
                await DescribeAsync(child, cancellationToken);
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
            ModTime = (status.Modified.Seconds * 1_000_000_000) + status.Modified.Nanoseconds,
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

    private async Task ListenAsync(ChannelWriter<uint> asked, CancellationToken cancellationToken)
    {
        while (await call.ReadAsync(cancellationToken))
        {
            var packet = PacketReader.Read(call.Payload);
            switch (packet.Kind)
            {
                case Packet.Types.PacketType.PacketReq:
                    asked.TryWrite(packet.Id);
                    break;
                case Packet.Types.PacketType.PacketFin:
                    asked.TryComplete();
                    await WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketFin }, cancellationToken);
                    return;
                case Packet.Types.PacketType.PacketErr:
                    throw new ContextException($"error from receiver: {PathText.Decode(packet.Data.FirstSpan)}");
                default:
                    throw new ContextException($"the client sent a packet of kind {packet.Kind} where it receives");
            }
        }
        throw new ContextException("the client ended the transfer before it was complete");
    }

    private async Task AnswerAsync(ChannelReader<uint> asked, CancellationToken cancellationToken)
    {
        await foreach (var id in asked.ReadAllAsync(cancellationToken))
        {
            if (!_files.TryRemove(id, out var path))
                throw new ContextException($"the client asked for file {id}, which it was not told of");
            await SendFileAsync(id, path, cancellationToken);
        }
    }

    private async Task SendFileAsync(uint id, string path, CancellationToken cancellationToken)
    {
        using (var file = OpenAt.TryOpen(_root, path, OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenAt.NoFollow, ResolveFlags.Beneath | ResolveFlags.NoSymlinks, 0, out _))
        {
            for (int count; file is not null && (count = file.TryRead(_chunk)) > 0;)
            {
                await WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketData, ID = id, Data = UnsafeByteOperations.UnsafeWrap(_chunk.AsMemory(0, count)) }, cancellationToken);
                progress.Report(_bytes += count);
            }
        }
        await WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketData, ID = id }, cancellationToken);
    }

    private async Task WriteAsync(Packet packet, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await call.WriteAsync(packet, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }
}
