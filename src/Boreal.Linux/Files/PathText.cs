using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Boreal.Linux.Files;

/// <summary>
/// File names are bytes; strings carry them without loss: bytes that are no UTF-8 become the lone low surrogates
/// U+DC80 to U+DCFF (as Python's surrogateescape does) and turn back into the same bytes on the way to the kernel.
/// </summary>
public static class PathText
{
    private const char EscapeStart = '\uDC00';

    /// <summary>The string for a name as the kernel or an archive gave it.</summary>
    public static string Decode(ReadOnlySpan<byte> name)
    {
        if (Utf8.IsValid(name))
            return Encoding.UTF8.GetString(name);

        var text = new StringBuilder(name.Length);
        Span<char> pair = stackalloc char[2];
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var consumed) is OperationStatus.Done)
            {
                text.Append(pair[..rune.EncodeToUtf16(pair)]);
            }
            else
            {
                foreach (var raw in name[..consumed])
                    text.Append((char)(EscapeStart + raw));
            }

            name = name[consumed..];
        }

        return text.ToString();
    }

    /// <summary>The most bytes <see cref="Encode(string, Span{byte})"/> can need.</summary>
    public static int MaxBytes(string path) => Encoding.UTF8.GetMaxByteCount(path.Length);

    /// <summary>The bytes of a name; returns their number.</summary>
    public static int Encode(string path, Span<byte> destination)
    {
        if (Utf8.FromUtf16(path, destination, out _, out var plain, replaceInvalidSequences: false) is OperationStatus.Done)
            return plain;

        var written = 0;
        var rest = path.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) is OperationStatus.Done)
                written += rune.EncodeToUtf8(destination[written..]);
            else
                destination[written++] = (byte)(rest[0] & 0xff);
            rest = rest[consumed..];
        }

        return written;
    }

    /// <summary>The bytes of a name.</summary>
    public static byte[] Encode(string path)
    {
        var buffer = new byte[MaxBytes(path)];
        return buffer[..Encode(path, buffer)];
    }
}
