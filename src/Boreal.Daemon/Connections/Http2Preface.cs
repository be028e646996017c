using System.Buffers;

namespace Boreal.Daemon.Connections;

/// <summary>What an HTTP/2 client sends first; no request of HTTP/1.1 begins like it.</summary>
internal static class Http2Preface
{
    private static ReadOnlySpan<byte> Text => "PRI * HTTP/2.0\r\n\r\n"u8;

    /// <summary>Null while too little has come to tell.</summary>
    public static bool? Match(in ReadOnlySequence<byte> begin)
    {
        Span<byte> first = stackalloc byte[Text.Length];
        first = first[..(int)Math.Min(begin.Length, Text.Length)];
        begin.Slice(0, first.Length).CopyTo(first);
        if (!Text.StartsWith(first))
            return false;
        return first.Length == Text.Length ? true : null;
    }
}
