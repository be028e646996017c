using Boreal.ShimWire.Logs;

namespace Boreal.Shim.Logs;

/// <summary>Takes log lines in order.</summary>
internal interface ILineWriter
{
    void WriteLine(StdStream stream, ReadOnlySpan<byte> line, bool endsWithNewline, long nanoseconds);
}
