using System.Buffers.Binary;
using Boreal.Tests.EndToEnd.Apps.Browser;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Apps.Voting;

/// <summary>
/// The voting app's pages in a browser. With BOREAL_SCREENSHOTS=FOLDER set, what they look like is written there as vote.png and
/// result.png: the pictures in docs/images.
/// </summary>
public sealed class BrowserTests(VotingApp app) : IClassFixture<VotingApp>, IAsyncDisposable
{
    private const int Width = 800;
    private const int Height = 500;

    [Fact]
    public async Task Vote_ThatIsClicked_IsSeenOnTheResultPage()
    {
        await app.ComposeAsync("up", "-d", "--wait");
        await using var voter = await Chromium.StartAsync(Width, Height);
        await using var watcher = await Chromium.StartAsync(Width, Height);
        await watcher.VisitAsync(app.Result);
        await watcher.ReadsAsync("footer", "0 votes");

        await voter.VisitAsync(app.Vote);
        Assert.Equal("Cats or Dogs?", await voter.TextAsync("h1"));
        await voter.ClickAsync("button[value=a]");

        await voter.ReadsAsync("small", "You voted for Cats.");
        // The page was not loaded again: it is told.
        await watcher.ReadsAsync("#a .votes", "1 votes");
        Assert.Equal(("100 %", "0 %"), (await watcher.TextAsync("#a .share"), await watcher.TextAsync("#b .share")));

        await voter.ClickAsync("button[value=b]");
        await watcher.ReadsAsync("#b .votes", "1 votes");
        Assert.Equal("0 votes", await watcher.TextAsync("#a .votes"));
        Assert.Equal(Width, WidthOf(await voter.ScreenshotAsync()));
        if (Environment.GetEnvironmentVariable("BOREAL_SCREENSHOTS") is { Length: > 0 } folder)
            await KeepAsync(folder, voter, watcher);
    }

    public async ValueTask DisposeAsync() => await app.ComposeAsync("down", "--volumes", "--timeout", "1");

    private async Task KeepAsync(string folder, Chromium voter, Chromium watcher)
    {
        // A picture with votes on both sides says more.
        foreach (var other in Enumerable.Range(0, 17))
            await app.VoteAsync(other % 3 == 0 ? "b" : "a");
        await watcher.ReadsAsync("footer", "18 votes");
        var moved = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(() => TimeProvider.System.GetElapsedTime(moved) > TimeSpan.FromSeconds(1), "the sections have moved");
        await File.WriteAllBytesAsync(Path.Combine(folder, "vote.png"), await voter.ScreenshotAsync(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "result.png"), await watcher.ScreenshotAsync(), TestContext.Current.CancellationToken);
    }

    /// <summary>As the head of a PNG has it, see w3.org/TR/png-3.</summary>
    private static int WidthOf(byte[] png) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
}
