namespace Boreal.Linux.Files;

/// <summary>A file time: seconds since 1970 (negative before) and nanoseconds.</summary>
public readonly record struct FileTime(long Seconds, uint Nanoseconds)
{
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddSeconds(Seconds).AddTicks(Nanoseconds / 100);
}
