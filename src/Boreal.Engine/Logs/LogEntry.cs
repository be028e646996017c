using Boreal.Engine.Shims;
using Boreal.ShimWire.Logs;

namespace Boreal.Engine.Logs;

/// <summary>One logged line with its newline, or a part of a line too long for one entry (then without).</summary>
public sealed record LogEntry(long UnixNanoseconds, StdStream Stream, ReadOnlyMemory<byte> Line, IReadOnlyDictionary<string, string> Attributes)
{
    internal static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();

    public bool IsStderr => Stream is StdStream.Stderr;

    public DateTimeOffset Time => UnixTime.ToDateTime(UnixNanoseconds);
}
