using Boreal.Daemon.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Boreal.Tests.Unit.Daemon.Hosting;

public sealed class QuietMemoryTests
{
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private TimeSpan _used;
    private int _given;

    [Fact]
    public void Memory_AfterWork_IsGivenBackOnceItIsQuiet()
    {
        using var memory = Begin();
        Pass(Work);
        Assert.Equal(0, _given);
        Pass(TimeSpan.Zero);
        Assert.Equal(1, _given);
    }

    [Fact]
    public void Memory_WhileItWorks_IsKept()
    {
        using var memory = Begin();
        for (var interval = 0; interval < 10; interval++) Pass(Work);
        Assert.Equal(0, _given);
    }

    [Fact]
    public void Memory_WhenNothingWasDoneSince_IsNotGivenBackAgain()
    {
        using var memory = Begin();
        Pass(Work);
        for (var interval = 0; interval < 10; interval++) Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _given);
        Pass(Work);
        Pass(TimeSpan.Zero);
        Assert.Equal(2, _given);
    }

    private QuietMemory Begin() => new(_clock, () => _used, () => _given++);

    private void Pass(TimeSpan worked)
    {
        _used += worked;
        _clock.Advance(QuietMemory.Interval);
    }
}
