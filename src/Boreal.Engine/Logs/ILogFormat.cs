namespace Boreal.Engine.Logs;

/// <summary>How records lie in a log file, and what is in them.</summary>
internal interface ILogFormat
{
    /// <summary>The first whole record's length in the file; 0 when there is none yet, -1 when what stands there is damaged for good.</summary>
    int MeasureRecord(ReadOnlySpan<byte> bytes);

    /// <summary>Null for a record that cannot be read.</summary>
    LogEntry? Parse(ReadOnlySpan<byte> record);

    /// <summary>Goes back from the end over at most so many records; where the first of them starts, and how many there were.</summary>
    (long Start, long Count) SkipBack(LogFile file, long records);
}
