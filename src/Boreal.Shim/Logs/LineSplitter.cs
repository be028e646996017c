using Boreal.Linux.Syscalls;
using Boreal.ShimWire.Logs;

namespace Boreal.Shim.Logs;

/// <summary>Cuts one stream into log lines as Docker does: at newlines, and after 16 KiB without one.</summary>
internal sealed class LineSplitter(StdStream stream)
{
    internal const int LineLimit = 16 * 1024;

    private byte[]? _pending;
    private int _pendingLength;

    /// <summary>Parts of one line carry the time of the first.</summary>
    private long _lineTime;

    internal void Split(ReadOnlySpan<byte> data, ILineWriter writer)
    {
        while (!data.IsEmpty)
        {
            var room = LineLimit - _pendingLength;
            var newline = data[..Math.Min(data.Length, room)].IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Emit(data[..newline], true, writer);
                data = data[(newline + 1)..];
            }
            else if (data.Length >= room)
            {
                Emit(data[..room], false, writer);
                data = data[room..];
            }
            else
            {
                data.CopyTo((_pending ??= new byte[LineLimit]).AsSpan(_pendingLength));
                _pendingLength += data.Length;
                return;
            }
        }
    }

    internal void End(ILineWriter writer)
    {
        if (_pendingLength > 0) Emit([], false, writer);
    }

    private void Emit(ReadOnlySpan<byte> rest, bool endsWithNewline, ILineWriter writer)
    {
        var time = _lineTime != 0 ? _lineTime : Clock.RealTimeNanoseconds();
        _lineTime = endsWithNewline ? 0 : time;
        if (_pendingLength == 0)
        {
            writer.WriteLine(stream, rest, endsWithNewline, time);
            return;
        }

        // There is a buffer where there is pending data.
        rest.CopyTo(_pending.AsSpan(_pendingLength));
        var line = _pending.AsSpan(0, _pendingLength + rest.Length);
        _pendingLength = 0;
        writer.WriteLine(stream, line, endsWithNewline, time);
    }
}
