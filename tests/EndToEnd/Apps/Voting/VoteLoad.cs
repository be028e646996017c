using System.Globalization;
using System.Text.RegularExpressions;

namespace Boreal.Tests.EndToEnd.Apps.Voting;

/// <summary>The sample's load generator at a constant rate.</summary>
internal sealed partial class VoteLoad : IAsyncDisposable
{
    private readonly VotingApp _app;
    private readonly string _container;

    private VoteLoad(VotingApp app, string container) => (_app, _container) = (app, container);

    public static async Task<VoteLoad> StartAsync(VotingApp app, int perSecond)
    {
        var said = await app.ComposeAsync("run", "--detach", "--no-deps", "load", "load.py", app.VoteFromInside, $"{perSecond}:600");
        return new VoteLoad(app, said.Trim().Split('\n')[^1]);
    }

    /// <summary>What it told of the last five seconds, again and again.</summary>
    public async Task<IReadOnlyList<(int Sent, TimeSpan P95)>> LinesAsync() =>
        [.. Line().Matches(await _app.Daemon.Docker.OutputAsync("logs", _container)).Select(line => (Number(line, 1), TimeSpan.FromMilliseconds(Number(line, 2))))];

    /// <summary>Ends it; fails when a vote was not taken. How many were.</summary>
    public async Task<int> FinishAsync()
    {
        await _app.Daemon.Docker.OutputAsync("stop", _container);
        var said = await _app.Daemon.Docker.OutputAsync("logs", _container);
        Assert.True(await _app.Daemon.Docker.InspectAsync(_container, "{{.State.ExitCode}}") == "0", said);
        return (await LinesAsync()).Sum(line => line.Sent);
    }

    public async ValueTask DisposeAsync() => await _app.Daemon.Docker.RemoveAsync(_container);

    private static int Number(Match line, int group) => int.TryParse(line.Groups[group].Value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^ *\d+/s  sent +(\d+)  failed +\d+  p50 +\S+ ms  p95 +(\S+) ms", RegexOptions.Multiline)]
    private static partial Regex Line();
}
