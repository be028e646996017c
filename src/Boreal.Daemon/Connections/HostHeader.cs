using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Boreal.Daemon.Connections;

/// <summary>
/// Clients of unix sockets put anything into Host, some the socket's path with its slashes escaped. Kestrel refuses a
/// percent sign there and cannot be told otherwise; nothing here reads the header, so the sign is overwritten on its way.
/// </summary>
internal static class HostHeader
{
    public static void Sanitise(in ReadOnlySequence<byte> head)
    {
        var memory = MemoryMarshal.AsMemory(head.First).Span;
        for (var line = 0; line < memory.Length;)
        {
            var rest = memory[line..];
            var end = rest.IndexOf((byte)'\n');
            var text = end < 0 ? rest : rest[..end];
            if (end is 0 or 1)
                return;
            if (text.Length > 5 && Ascii.EqualsIgnoreCase(text[..5], "host:"u8))
                text.Replace((byte)'%', (byte)'-');
            line += end < 0 ? rest.Length : end + 1;
        }
    }
}
