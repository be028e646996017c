using System.Buffers;
using System.Text;

namespace Boreal.BuildWire.Http2;

/// <summary>Writes header blocks in their plainest form: nothing compressed, nothing remembered, a field for every value.</summary>
internal static class HeaderEncoder
{
    public static ReadOnlyMemory<byte> Encode(IEnumerable<HeaderField> fields)
    {
        var block = new ArrayBufferWriter<byte>(512);
        foreach (var field in fields)
        {
            Write(block, 0);
            WriteText(block, field.Name);
            WriteText(block, field.Value);
        }
        return block.WrittenMemory;
    }

    private static void WriteText(ArrayBufferWriter<byte> block, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var length = bytes.Length;
        if (length < 0x7F)
        {
            Write(block, (byte)length);
        }
        else
        {
            Write(block, 0x7F);
            for (length -= 0x7F; length >= 0x80; length >>= 7)
                Write(block, (byte)(0x80 | (length & 0x7F)));
            Write(block, (byte)length);
        }
        block.Write(bytes);
    }

    private static void Write(ArrayBufferWriter<byte> block, byte value)
    {
        block.GetSpan(1)[0] = value;
        block.Advance(1);
    }
}
