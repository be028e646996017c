using System.Buffers.Binary;
using System.Text;

namespace Boreal.Tests.TestKit.Dns;

/// <summary>A question as clients write it.</summary>
public sealed record DnsQuestion(string Name, ushort Type = DnsQuestion.A)
{
    public const ushort A = 1;
    public const ushort Mx = 15;
    public const ushort Ptr = 12;
    public const ushort Aaaa = 28;

    /// <summary>The longest answer by datagram, told by EDNS; null tells nothing.</summary>
    public ushort? Limit { get; init; }

    public ushort Id { get; init; } = 0x1234;

    public byte[] Bytes()
    {
        var message = new List<byte>();
        Write(message, Id, 0x0100, 1, 0, 0, (ushort)(Limit is null ? 0 : 1));
        message.AddRange(NameBytes(Name));
        Write(message, Type, 1);
        if (Limit is { } limit)
        {
            message.Add(0);
            Write(message, 41, limit, 0, 0, 0);
        }

        return [.. message];
    }

    internal static IEnumerable<byte> NameBytes(string name)
    {
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return (byte)label.Length;
            foreach (var one in Encoding.Latin1.GetBytes(label)) yield return one;
        }

        yield return 0;
    }

    internal static void Write(List<byte> message, params ushort[] numbers)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
            message.AddRange(bytes);
        }
    }
}
