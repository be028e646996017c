using System.Text;

namespace Boreal.BuildWire.Http2;

/// <summary>The compressed form of header texts, RFC 7541 appendix B. The code is canonical: its lengths tell it whole.</summary>
internal static class HuffmanText
{
    private const int LongestCode = 30;

    private static readonly byte[] Lengths =
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
    ];

    private static readonly byte[] Symbols = [.. Enumerable.Range(0, Lengths.Length).OrderBy(symbol => Lengths[symbol]).ThenBy(symbol => symbol).Select(symbol => (byte)symbol)];
    private static readonly uint[] FirstCode = new uint[LongestCode + 2];
    private static readonly int[] FirstSymbol = new int[LongestCode + 2];

    static HuffmanText()
    {
        var code = 0u;
        var symbol = 0;
        for (var length = 1; length <= LongestCode + 1; length++)
        {
            code <<= 1;
            FirstCode[length] = code;
            FirstSymbol[length] = symbol;
            var count = Lengths.Count(each => each == length);
            code += (uint)count;
            symbol += count;
        }
    }

    public static string Decode(ReadOnlySpan<byte> compressed)
    {
        var text = new StringBuilder(compressed.Length * 2);
        var code = 0u;
        var length = 0;
        foreach (var part in compressed)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                code = (code << 1) | (uint)((part >> bit) & 1);
                if (++length > LongestCode)
                    throw new Http2Exception(Http2Error.Compression, "a header text has an unknown code");
                var index = (int)(code - FirstCode[length]);
                if (code < FirstCode[length] || index >= FirstSymbol[length + 1] - FirstSymbol[length])
                    continue;
                text.Append((char)Symbols[FirstSymbol[length] + index]);
                code = 0;
                length = 0;
            }
        }
        // What is left over is padding: the beginning of the longest code, which is all ones, and less than a byte.
        return length < 8 && code == (1u << length) - 1
            ? text.ToString()
            : throw new Http2Exception(Http2Error.Compression, "a header text ends inside a code");
    }
}
