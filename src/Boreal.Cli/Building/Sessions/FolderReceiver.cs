using System.Threading.Channels;
using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Protocol.Types;
using Boreal.BuildWire.Rpc;
using Google.Protobuf;

namespace Boreal.Cli.Building.Sessions;

/// <summary>Takes a folder that the daemon describes and sends: asks for the data of each file, and both say that they are done.</summary>
internal static class FolderReceiver
{
    public static async Task ReceiveAsync(RpcRequest call, ReceivedFolder folder, CancellationToken cancellationToken)
    {
        // The daemon reads what we ask for only while it has room to send: asking must never stand in the way of reading.
        var wanted = Channel.CreateUnbounded<uint>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        await SideBySide.RunAsync(
            cancellationToken,
            async stop =>
            {
                await foreach (var id in wanted.Reader.ReadAllAsync(stop)) await call.WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketReq, ID = id }, stop);
            },
            stop => TakeAsync(call, folder, wanted.Writer, stop));
        folder.Complete();
        await call.WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketFin }, cancellationToken);
        while (await call.ReadAsync(cancellationToken))
        {
            if (PacketReader.Read(call.Payload).Kind is Packet.Types.PacketType.PacketFin) return;
        }
    }

    private static async Task TakeAsync(RpcRequest call, ReceivedFolder folder, ChannelWriter<uint> wanted, CancellationToken cancellationToken)
    {
        uint next = 0;
        for (var hasAll = false; !hasAll || folder.Missing > 0;)
        {
            if (!await call.ReadAsync(cancellationToken)) throw new ContextException("the daemon ended the transfer before it was complete");
            var packet = PacketReader.Read(call.Payload);
            switch (packet.Kind)
            {
                case Packet.Types.PacketType.PacketStat when packet.Entry is { } entry:
                    if (folder.Add(next, Stat.Parser.ParseFrom(entry))) wanted.TryWrite(next);
                    next++;
                    break;
                case Packet.Types.PacketType.PacketStat:
                    hasAll = true;
                    break;
                case Packet.Types.PacketType.PacketData:
                    folder.Write(packet.Id, packet.Data);
                    break;
                case Packet.Types.PacketType.PacketErr:
                    throw new ContextException($"the daemon failed: {ByteString.CopyFrom(packet.Data.FirstSpan).ToStringUtf8()}");
                default:
                    throw new ContextException($"the daemon sent a packet of kind {packet.Kind} where it sends a folder");
            }
        }

        wanted.Complete();
    }
}
