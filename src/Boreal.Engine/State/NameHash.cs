using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Boreal.Engine.State;

/// <summary>
/// SHA-256 of short texts, see FIPS 180-4, for names that follow from others; never for secrets or content. The framework's would load
/// OpenSSL at every start, 4 MB that an idle engine does not need.
/// </summary>
public static class NameHash
{
    private const int BlockLength = 64;
    private const int HashLength = 32;

    private static ReadOnlySpan<uint> Rounds =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The first digits of the hash, hexadecimal.</summary>
    public static string Hex(string text, int digits) => Convert.ToHexStringLower(Of(text))[..digits];

    /// <summary>32 bytes.</summary>
    public static byte[] Of(string text)
    {
        Span<uint> state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
        foreach (var block in Padded(Encoding.UTF8.GetBytes(text)).Chunk(BlockLength))
            Mix(state, block);
        var hash = new byte[HashLength];
        for (var at = 0; at < state.Length; at++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(at * sizeof(uint)), state[at]);
        return hash;
    }

    // A set bit, zeros, and the length in bits at the end of the last block.
    private static byte[] Padded(byte[] text)
    {
        var blocks = (text.Length + 1 + sizeof(ulong) + BlockLength - 1) / BlockLength;
        var padded = new byte[blocks * BlockLength];
        text.CopyTo(padded, 0);
        padded[text.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - sizeof(ulong)), (ulong)text.Length * 8);
        return padded;
    }

    private static void Mix(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[BlockLength];
        for (var at = 0; at < 16; at++)
            words[at] = BinaryPrimitives.ReadUInt32BigEndian(block[(at * sizeof(uint))..]);
        for (var at = 16; at < words.Length; at++)
        {
            var (near, far) = (words[at - 2], words[at - 15]);
            words[at] = words[at - 16] + words[at - 7]
                + (BitOperations.RotateRight(far, 7) ^ BitOperations.RotateRight(far, 18) ^ (far >> 3))
                + (BitOperations.RotateRight(near, 17) ^ BitOperations.RotateRight(near, 19) ^ (near >> 10));
        }

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var at = 0; at < words.Length; at++)
        {
            var first = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25)) + ((e & f) ^ (~e & g)) + Rounds[at] + words[at];
            var second = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e) = (g, f, e, d + first);
            (d, c, b, a) = (c, b, a, first + second);
        }

        ReadOnlySpan<uint> mixed = [a, b, c, d, e, f, g, h];
        for (var at = 0; at < state.Length; at++)
            state[at] += mixed[at];
    }
}
