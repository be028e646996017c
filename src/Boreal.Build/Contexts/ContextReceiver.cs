using System.Threading.Channels;
using Boreal.Build.Session;
using Boreal.BuildWire.Http2;
using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Protocol;
using Boreal.BuildWire.Protocol.Types;
using Boreal.BuildWire.Rpc;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Google.Protobuf;

namespace Boreal.Build.Contexts;

/// <summary>
/// Brings a client's folder here: the client walks it and describes each entry, we ask for the data of those that we have not,
/// and both say that they are done.
/// </summary>
internal static class ContextReceiver
{
    private const int MostAtOnce = 1000;

    /// <summary>Makes <paramref name="folder"/> the same as the client's; what is there already is not sent again.</summary>
    /// <param name="session">The client.</param>
    /// <param name="filter">What is wanted of it.</param>
    /// <param name="folder">Nobody else may use it meanwhile.</param>
    /// <param name="progress">Is told the bytes that came, all in all.</param>
    /// <param name="cancellationToken">Leaves the folder half-way, for the next to put right.</param>
    public static async Task ReceiveAsync(ClientSession session, ContextFilter filter, ContextFolder folder, IProgress<long> progress, CancellationToken cancellationToken)
    {
        session.Require(SessionMethods.ReadFiles, $"folder {filter.Name}");
        await using var call = await session.Calls.OpenAsync(SessionMethods.ReadFiles, Metadata(filter), cancellationToken);
        // The client reads what we ask for only when it has room to send: asking must never stand in the way of reading.
        var wanted = Channel.CreateUnbounded<uint>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        using var arrival = new ContextArrival(folder, wanted.Writer);
        await SideBySide.RunAsync(
            cancellationToken,
            stop => AskAsync(call, wanted.Reader, stop),
            stop => ReceiveEntriesAsync(call, arrival, progress, stop));
        arrival.Complete();
        await EndAsync(call, cancellationToken);
    }

    private static async Task ReceiveEntriesAsync(RpcStream call, ContextArrival arrival, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        while (!arrival.IsComplete)
        {
            if (!await call.ReadAsync(cancellationToken))
                throw new ContextException("the client ended the transfer before it was complete");
            progress.Report(bytes += call.Payload.Length);
            var packet = PacketReader.Read(call.Payload);
            switch (packet.Kind)
            {
                case Packet.Types.PacketType.PacketStat when packet.Entry is { } entry:
                    arrival.Add(entry);
                    break;
                case Packet.Types.PacketType.PacketStat:
                    arrival.EndEntries();
                    break;
                case Packet.Types.PacketType.PacketData:
                    arrival.Write(packet.Id, packet.Data);
                    break;
                case Packet.Types.PacketType.PacketErr:
                    throw new ContextException($"error from sender: {PathText.Decode(packet.Data.FirstSpan)}");
                default:
                    throw new ContextException($"the client sent a packet of kind {packet.Kind} in the middle of a transfer");
            }
        }
    }

    private static async Task AskAsync(RpcStream call, ChannelReader<uint> wanted, CancellationToken cancellationToken)
    {
        var questions = new List<Packet>();
        while (await wanted.WaitToReadAsync(cancellationToken))
        {
            while (questions.Count < MostAtOnce && wanted.TryRead(out var id))
                questions.Add(new Packet { Type = Packet.Types.PacketType.PacketReq, ID = id });
            if (!await call.WriteAsync(questions, cancellationToken))
                break;
            questions.Clear();
        }
    }

    private static async Task EndAsync(RpcStream call, CancellationToken cancellationToken)
    {
        await call.WriteAsync(new Packet { Type = Packet.Types.PacketType.PacketFin }, cancellationToken);
        while (await call.ReadAsync(cancellationToken))
        {
            // The client's own farewell, and its end.
        }
        await call.FinishSendingAsync(cancellationToken);
    }

    private static IEnumerable<HeaderField> Metadata(ContextFilter filter)
    {
        yield return new HeaderField("dir-name", filter.Name);
        foreach (var field in Field("include-patterns", filter.Include).Concat(Field("exclude-patterns", filter.Exclude)).Concat(Field("followpaths", filter.Follow)))
            yield return field;
    }

    /// <summary>A field per value; where one is not plain text, all are encoded and that is said.</summary>
    private static IEnumerable<HeaderField> Field(string name, IReadOnlyList<string> values)
    {
        var isPlain = values.All(value => value.All(letter => letter is >= ' ' and <= '~'));
        if (!isPlain)
            yield return new HeaderField($"{name}-encoded", "1");
        foreach (var value in values)
            yield return new HeaderField(name, isPlain ? value : Uri.EscapeDataString(value));
    }
}
