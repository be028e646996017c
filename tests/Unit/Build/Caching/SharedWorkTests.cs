using Boreal.Build.Caching;

namespace Boreal.Tests.Unit.Build.Caching;

public sealed class SharedWorkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SameKeyAtTheSameTime_IsDoneOnce()
    {
        var shared = new SharedWork<int>();
        var gate = new TaskCompletionSource();
        var count = 0;
        var both = Enumerable.Range(0, 2).Select(_ => shared.RunAsync("k", async _ =>
        {
            await gate.Task;
            return ++count;
        }, Token)).ToList();
        gate.SetResult();
        var results = await Task.WhenAll(both);
        Assert.Equal([1, 1], results);
    }

    [Fact]
    public async Task Run_OneOfTwoGivesUp_GoesOnForTheOther()
    {
        var shared = new SharedWork<int>();
        var gate = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        async Task<int> Work(CancellationToken stop)
        {
            await gate.Task.WaitAsync(stop);
            return 7;
        }

        var first = shared.RunAsync("k", Work, impatient.Token);
        var second = shared.RunAsync("k", Work, Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.Equal(7, await second);
    }

    [Fact]
    public async Task Run_LastGivesUp_HasEndedTheWorkBeforeItReturns()
    {
        var shared = new SharedWork<int>();
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var ended = false;
        var waiting = shared.RunAsync("k", async token =>
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                return 0;
            }
            finally
            {
                ended = true;
            }
        }, stop.Token);
        await begun.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(ended);
    }

    [Fact]
    public async Task Run_AfterAFailure_IsTriedAgain()
    {
        var shared = new SharedWork<int>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => shared.RunAsync("k", _ => throw new InvalidOperationException("once"), Token));
        Assert.Equal(1, await shared.RunAsync("k", _ => Task.FromResult(1), Token));
    }
}
