namespace Boreal.Engine.Shims;

/// <summary>The shims' clock readings.</summary>
internal static class UnixTime
{
    internal static DateTimeOffset ToDateTime(long nanoseconds) =>
        new(DateTime.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick), TimeSpan.Zero);
}
