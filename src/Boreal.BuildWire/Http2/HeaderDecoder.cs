using System.Text;

namespace Boreal.BuildWire.Http2;

/// <summary>
/// Reads header blocks of a peer that was told to remember nothing (a table size of 0): numbers mean static headers only.
/// </summary>
internal static class HeaderDecoder
{
    public static List<HeaderField> Decode(ReadOnlySpan<byte> block)
    {
        var fields = new List<HeaderField>();
        while (!block.IsEmpty)
        {
            var first = block[0];
            if (first >= 0x80)
            {
                fields.Add(Static(ReadNumber(ref block, 7)));
            }
            else if ((first & 0xE0) == 0x20)
            {
                if (ReadNumber(ref block, 5) != 0)
                    throw Broken("a header table that was not offered is wanted");
            }
            else
            {
                var index = ReadNumber(ref block, first >= 0x40 ? 6 : 4);
                var name = index == 0 ? ReadText(ref block) : Static(index).Name;
                fields.Add(new HeaderField(name, ReadText(ref block)));
            }
        }
        return fields;
    }

    private static HeaderField Static(int index) => index >= 1 && index <= StaticHeaders.Table.Length
        ? StaticHeaders.Table[index - 1]
        : throw Broken($"there is no header number {index}");

    private static string ReadText(ref ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty)
            throw Broken("a header block ends early");
        var isCompressed = (block[0] & 0x80) != 0;
        var length = ReadNumber(ref block, 7);
        if (length > block.Length)
            throw Broken("a header block ends early");
        var bytes = block[..length];
        block = block[length..];
        return isCompressed ? HuffmanText.Decode(bytes) : Encoding.Latin1.GetString(bytes);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> block, int bits)
    {
        var mask = (1 << bits) - 1;
        var value = block[0] & mask;
        block = block[1..];
        if (value < mask)
            return value;
        for (var shift = 0; shift <= 21; shift += 7)
        {
            if (block.IsEmpty)
                break;
            var next = block[0];
            block = block[1..];
            value += (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Broken("a header block has a broken number");
    }

    private static Http2Exception Broken(string message) => new(Http2Error.Compression, message);
}
