using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Boreal.Linux.Namespaces;

namespace Boreal.Engine.Networks.Dns;

/// <summary>
/// One question to one server. Each has a socket of its own, so that neither its port nor its number can be guessed from
/// the one before.
/// </summary>
internal sealed class UpstreamExchange(HostNetwork host, string namespacePath)
{
    private const int DnsPort = 53;
    private const int LongestDatagram = 4096;
    private const ushort Truncated = 0x0200;

    /// <summary>Asks by UDP, and by TCP for what does not fit a datagram.</summary>
    public async Task<byte[]> AskAsync(UpstreamServer server, ReadOnlyMemory<byte> question, int questionLength, CancellationToken cancellationToken)
    {
        var query = question.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(query, (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1));
        var answer = await AskByUdpAsync(server, query, questionLength, cancellationToken);
        if ((BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(2)) & Truncated) == 0) return answer;
        try
        {
            return await AskByTcpAsync(server, query, questionLength, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            // The server has no TCP: the cut answer tells the client to make do or ask otherwise.
            return answer;
        }
    }

    private async Task<byte[]> AskByUdpAsync(UpstreamServer server, byte[] query, int questionLength, CancellationToken cancellationToken)
    {
        using var socket = Open(server, ProtocolType.Udp);
        // Connected, so that the kernel drops what others send.
        await socket.ConnectAsync(new IPEndPoint(server.Address, DnsPort), cancellationToken);
        await socket.SendAsync(query.AsMemory(), cancellationToken);
        var buffer = new byte[LongestDatagram];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (IsAnswer(buffer.AsSpan(0, length), query, questionLength)) return buffer[..length];
        }
    }

    private async Task<byte[]> AskByTcpAsync(UpstreamServer server, byte[] query, int questionLength, CancellationToken cancellationToken)
    {
        using var socket = Open(server, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(server.Address, DnsPort), cancellationToken);
        await using var stream = new NetworkStream(socket);
        await TcpFraming.WriteAsync(stream, query, cancellationToken);
        var answer = await TcpFraming.ReadAsync(stream, cancellationToken);
        return answer is not null && IsAnswer(answer, query, questionLength) ? answer : throw new IOException($"{server} gives no answer by TCP");
    }

    private static bool IsAnswer(ReadOnlySpan<byte> message, ReadOnlySpan<byte> query, int questionLength)
    {
        var checkedLength = Query.HeaderLength + questionLength;
        return message.Length >= Query.HeaderLength
            && message[..2].SequenceEqual(query[..2])
            && (message[2] & 0x80) != 0
            && message.Length >= checkedLength && BinaryPrimitives.ReadUInt16BigEndian(message[4..]) == 1
                && message[Query.HeaderLength..checkedLength].SequenceEqual(query[Query.HeaderLength..checkedLength]);
    }

    private Socket Open(UpstreamServer server, ProtocolType protocol) => server.FromHost
        ? host.OpenSocket(server.Address.AddressFamily, protocol)
        : NamespaceThread.Run(namespacePath, NamespaceKinds.Network, () =>
            new Socket(server.Address.AddressFamily, protocol is ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram, protocol));
}
