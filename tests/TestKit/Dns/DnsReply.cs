using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Boreal.Tests.TestKit.Dns;

/// <summary>An answer, read by other code than writes it.</summary>
public sealed class DnsReply
{
    private DnsReply(ushort id, ushort flags) => (Id, Flags) = (id, flags);

    public ushort Id { get; }

    public ushort Flags { get; }

    public int Code => Flags & 0xf;

    public bool IsCutOff => (Flags & 0x0200) != 0;

    /// <summary>In the order of the message: addresses as such, names with dots, others in hexadecimal.</summary>
    public List<string> Answers { get; } = [];

    public List<uint> TimesToLive { get; } = [];

    /// <summary>The sender told its abilities by EDNS.</summary>
    public bool HasOptions { get; private set; }

    public static DnsReply Parse(ReadOnlySpan<byte> message)
    {
        var reply = new DnsReply(Number(message, 0), Number(message, 2));
        var at = 12;
        for (var questions = Number(message, 4); questions > 0; questions--)
        {
            ReadName(message, ref at);
            at += 4;
        }

        for (int record = 0, answers = Number(message, 6), all = answers + Number(message, 8) + Number(message, 10); record < all; record++)
        {
            ReadName(message, ref at);
            var type = Number(message, at);
            var length = Number(message, at + 8);
            var data = at + 10;
            if (record < answers)
            {
                reply.TimesToLive.Add(BinaryPrimitives.ReadUInt32BigEndian(message[(at + 4)..]));
                reply.Answers.Add(type switch
                {
                    DnsQuestion.A or DnsQuestion.Aaaa => new IPAddress(message.Slice(data, length)).ToString(),
                    DnsQuestion.Ptr => ReadName(message, ref data),
                    _ => Convert.ToHexString(message.Slice(data, length)),
                });
            }

            reply.HasOptions |= type == 41;
            at += 10 + length;
        }

        return at == message.Length ? reply : throw new FormatException($"{message.Length - at} bytes after the last record");
    }

    private static ushort Number(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt16BigEndian(message[at..]);

    private static string ReadName(ReadOnlySpan<byte> message, ref int at)
    {
        var name = new StringBuilder();
        var here = at;
        var jumped = false;
        while (message[here] != 0)
        {
            if (message[here] >= 0xc0)
            {
                if (!jumped) at = here + 2;
                jumped = true;
                here = Number(message, here) & 0x3fff;
                continue;
            }

            if (name.Length > 0) name.Append('.');
            name.Append(Encoding.Latin1.GetString(message.Slice(here + 1, message[here])));
            here += message[here] + 1;
        }

        if (!jumped) at = here + 1;
        return name.ToString();
    }
}
