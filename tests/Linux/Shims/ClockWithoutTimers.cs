namespace Boreal.Tests.Linux.Shims;

/// <summary>Tells the time, but whoever waits for a span of it waits for ever.</summary>
internal sealed class ClockWithoutTimers : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new SilentTimer();

    private sealed class SilentTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
