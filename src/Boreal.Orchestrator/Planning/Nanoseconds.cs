namespace Boreal.Orchestrator.Planning;

/// <summary>Durations of the wire.</summary>
internal static class Nanoseconds
{
    public static TimeSpan ToSpan(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
