using System.Buffers.Binary;
using System.Numerics;

namespace Boreal.Tests.WebServer;

/// <summary>RFC 3174 for the handshake of web sockets (RFC 6455, 4.2.2): the runtime's own needs a library that the image lacks.</summary>
internal static class Sha1
{
    private const int Block = 64;

    public static byte[] Hash(ReadOnlySpan<byte> message)
    {
        var padded = new byte[(message.Length + 9 + Block - 1) / Block * Block];
        message.CopyTo(padded);
        padded[message.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(^8), (ulong)message.Length * 8);
        Span<uint> state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0];
        for (var start = 0; start < padded.Length; start += Block)
            Mix(state, padded.AsSpan(start, Block));
        var hash = new byte[20];
        for (var word = 0; word < state.Length; word++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(word * 4), state[word]);
        return hash;
    }

    private static void Mix(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[80];
        for (var i = 0; i < 16; i++)
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        for (var i = 16; i < 80; i++)
            words[i] = BitOperations.RotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4]);
        for (var i = 0; i < 80; i++)
        {
            var (choice, constant) = (i / 20) switch
            {
                0 => ((b & c) | (~b & d), 0x5A827999u),
                1 => (b ^ c ^ d, 0x6ED9EBA1u),
                2 => ((b & c) | (b & d) | (c & d), 0x8F1BBCDCu),
                _ => (b ^ c ^ d, 0xCA62C1D6u),
            };
            (a, b, c, d, e) = (BitOperations.RotateLeft(a, 5) + choice + e + constant + words[i], a, BitOperations.RotateLeft(b, 30), c, d);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
}
