namespace Boreal.Tests.Functional.Registry;

/// <summary>A clock that is ahead of the machine's as far as the test wants. Timers are real.</summary>
internal sealed class TestClock : TimeProvider
{
    private TimeSpan _ahead;

    public void Advance(TimeSpan time) => _ahead += time;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
}
