using Boreal.Engine.Events;

namespace Boreal.Tests.Unit.Events;

public sealed class EventLogTests
{
    private static readonly Dictionary<string, string> NoAttributes = [];

    [Fact]
    public void Subscribe_AfterManyEvents_RemembersTheLast256InOrder()
    {
        var log = new EventLog(TimeProvider.System);
        for (var number = 0; number < 300; number++)
            log.Publish("container", "start", $"{number}", NoAttributes);
        using var subscription = log.Subscribe();
        Assert.Equal(Enumerable.Range(44, 256).Select(number => $"{number}"), subscription.Past.Select(happened => happened.ActorId));
    }

    [Fact]
    public async Task Publish_AfterSubscribe_ReachesTheSubscriberOnce()
    {
        var log = new EventLog(TimeProvider.System);
        using var subscription = log.Subscribe();
        log.Publish("container", "start", "a", NoAttributes);
        Assert.Equal("a", (await subscription.Live.ReadAsync(TestContext.Current.CancellationToken)).ActorId);
        Assert.False(subscription.Live.TryRead(out _));
    }

    [Fact]
    public async Task Publish_ToASubscriberThatDoesNotRead_CutsItOffAndGoesOn()
    {
        var log = new EventLog(TimeProvider.System);
        using var stuck = log.Subscribe();
        for (var number = 0; number < 5000; number++)
            log.Publish("container", "start", $"{number}", NoAttributes);
        var received = 0;
        await foreach (var _ in stuck.Live.ReadAllAsync(TestContext.Current.CancellationToken))
            received++;
        Assert.Equal(4096, received);
    }
}
