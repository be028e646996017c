using System.Text;
using System.Threading.Channels;
using Boreal.BuildWire.Protocol.Types;
using Boreal.BuildWire.Rpc;
using Google.Protobuf;

namespace Boreal.BuildWire.Packets;

/// <summary>
/// Sends a folder to the other side of a call: describes every entry in order, sends the data of the files that are then asked for, and
/// waits until the other side has all.
/// </summary>
internal sealed class FolderSender(IMessageChannel call, ISentFolder folder, IProgress<long> progress) : IDisposable
{
    // Receivers take no message of 4 MiB or more.
    private const int Chunk = 256 * 1024;
    private const int EntriesTogether = 64;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly byte[] _chunk = new byte[Chunk];
    private long _bytes;

    public async Task SendAsync(CancellationToken cancellationToken)
    {
        var asked = Channel.CreateUnbounded<uint>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        await SideBySide.RunAsync(
            cancellationToken,
            DescribeAsync,
            stop => ListenAsync(asked.Writer, stop),
            stop => AnswerAsync(asked.Reader, stop));
    }

    public void Dispose() => _writing.Dispose();

    private async Task DescribeAsync(CancellationToken cancellationToken)
    {
        var together = new List<IMessage>(EntriesTogether + 1);
        foreach (var entry in folder.Describe())
        {
            together.Add(new Packet { Type = Packet.Types.PacketType.PacketStat, Stat = entry });
            if (together.Count < EntriesTogether)
                continue;
            await WriteAsync(together, cancellationToken);
            together.Clear();
        }
        together.Add(new Packet { Type = Packet.Types.PacketType.PacketStat });
        await WriteAsync(together, cancellationToken);
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
                    throw new ContextException($"error from receiver: {Encoding.UTF8.GetString(packet.Data)}");
                default:
                    throw new ContextException($"a packet of kind {packet.Kind} came from a receiver");
            }
        }
        throw new ContextException("the transfer was ended before it was complete");
    }

    private async Task AnswerAsync(ChannelReader<uint> asked, CancellationToken cancellationToken)
    {
        await foreach (var id in asked.ReadAllAsync(cancellationToken))
            await SendFileAsync(id, cancellationToken);
    }

    private async Task SendFileAsync(uint id, CancellationToken cancellationToken)
    {
        // What is gone meanwhile is empty: the receiver waits for its end.
        using (var file = folder.TryOpen(id))
        {
            for (int count; file is not null && (count = file.Read(_chunk)) > 0;)
            {
                await WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketData, ID = id, Data = UnsafeByteOperations.UnsafeWrap(_chunk.AsMemory(0, count)) }, cancellationToken);
                progress.Report(_bytes += count);
            }
        }
        await WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketData, ID = id }, cancellationToken);
    }

    private Task WriteAsync(Packet packet, CancellationToken cancellationToken) => WriteAsync([packet], cancellationToken);

    private async Task WriteAsync(IReadOnlyList<IMessage> packets, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await call.WriteAsync(packets, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }
}
