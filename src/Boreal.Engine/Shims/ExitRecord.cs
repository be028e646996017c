using Boreal.ShimWire;

namespace Boreal.Engine.Shims;

/// <summary>How a container's first process ended.</summary>
public sealed record ExitRecord(int Code, DateTimeOffset FinishedAt, bool OomKilled)
{
    /// <summary>Reads the record a shim left; null when there is none (or a torn one).</summary>
    public static ExitRecord? TryRead(string path)
    {
        if (!File.Exists(path)) return null;
        return ExitRecordFile.TryParse(File.ReadAllText(path), out var code, out var nanoseconds, out var outOfMemory)
            ? FromWire(code, nanoseconds, outOfMemory)
            : null;
    }

    internal static ExitRecord FromWire(int code, long nanoseconds, bool outOfMemory) => new(code, UnixTime.ToDateTime(nanoseconds), outOfMemory);
}
