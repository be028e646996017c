using System.Text;
using Boreal.Build.Progress;

namespace Boreal.Tests.Unit.Build.Progress;

public sealed class BuildProgressTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_WhenAllIsOver_GivesAllOfIt()
    {
        var progress = new BuildProgress(TimeProvider.System);
        var step = progress.Start("one", "first");
        step.Log(1, "text"u8);
        step.Complete();
        progress.Complete();

        var events = await ReadAsync(progress);

        Assert.Collection(
            events,
            each => Assert.Null(Assert.IsType<ProgressEvent.StepChanged>(each).Started),
            each => Assert.Null(Assert.IsType<ProgressEvent.StepChanged>(each).Completed),
            each => Assert.Equal("text"u8.ToArray(), Assert.IsType<ProgressEvent.Logged>(each).Text.ToArray()),
            each => Assert.NotNull(Assert.IsType<ProgressEvent.StepChanged>(each).Completed));
    }

    [Fact]
    public async Task Read_WhileItGoesOn_GivesWhatComes()
    {
        var progress = new BuildProgress(TimeProvider.System);
        var reading = ReadAsync(progress);

        progress.Announce("one", "first").CompleteCached();
        progress.Complete();

        Assert.True(Assert.IsType<ProgressEvent.StepChanged>((await reading)[^1]).IsCached);
    }

    [Fact]
    public async Task Log_OfTooMuch_IsClippedOnce()
    {
        var progress = new BuildProgress(TimeProvider.System);
        var step = progress.Start("one", "first");
        for (var round = 0; round < 50; round++)
            step.Log(1, new byte[100_000]);
        progress.Complete();

        var logs = (await ReadAsync(progress)).OfType<ProgressEvent.Logged>().ToList();

        Assert.InRange(logs.Sum(log => log.Text.Length), 2 << 20, (2 << 20) + 100);
        Assert.EndsWith("[output clipped, log limit 2MiB reached]\n", Encoding.UTF8.GetString(logs[^1].Text.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfManyBytes_TellsTheLastOfThem()
    {
        var progress = new BuildProgress(TimeProvider.System);
        var part = progress.Start("one", "first").Begin("transferring:");
        for (var bytes = 1L; bytes <= 100_000; bytes++)
            part.Report(bytes);
        part.Complete();
        progress.Complete();

        var parts = (await ReadAsync(progress)).OfType<ProgressEvent.PartChanged>().ToList();

        Assert.Equal(100_000, parts[^1].Current);
        Assert.NotNull(parts[^1].Completed);
        Assert.InRange(parts.Count, 2, 1000);
    }

    private static async Task<List<ProgressEvent>> ReadAsync(BuildProgress progress)
    {
        var events = new List<ProgressEvent>();
        await foreach (var batch in progress.ReadAsync(Cancellation))
            events.AddRange(batch);
        return events;
    }
}
