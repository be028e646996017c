using System.Globalization;
using System.Net;
using System.Text.Json;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Apps.Voting;

/// <summary>The sample on an engine of its own, with settings of the test's over it, by our compose or the stock plugin.</summary>
public sealed class VotingApp : IAsyncLifetime
{
    public const string Project = "voting";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _directory = new();
    private readonly int _votePort = FreePort.Find();
    private readonly int _resultPort = FreePort.Find();

    public VotingApp()
    {
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(10) };
    }

    public BorealDaemon Daemon { get; } = new();

    public HttpClient Http { get; }

    public IPEndPoint VoteAddress => new(IPAddress.Loopback, _votePort);

    /// <summary>The page as a container of the sample reaches it.</summary>
    public string VoteFromInside => $"http://host.docker.internal:{_votePort}";

    public Uri Vote => new($"http://127.0.0.1:{_votePort}/");

    public Uri Result => new($"http://127.0.0.1:{_resultPort}/");

    public Uri Scores => new($"http://127.0.0.1:{_resultPort}/scores");

    public async ValueTask InitializeAsync()
    {
        await Daemon.StartAsync();
        await VotingImages.ImportAsync(Daemon);
        Override("");
    }

    /// <summary>What is laid over the sample's compose file from now on.</summary>
    public void Override(string text) => File.WriteAllText(_directory.File("override.yaml"), text.Length > 0 ? text : "services: {}");

    public Command Boreal(params string[] arguments) => Here(Command.Of(Repository.Binary("boreal"), ["-H", Daemon.Docker.Host, .. arguments]));

    public Task<string> ComposeAsync(params string[] arguments) => Boreal(Compose(arguments)).OutputAsync();

    public Task<string> StockComposeAsync(params string[] arguments)
    {
        var command = Daemon.Docker.Command(Compose(arguments));
        return Here(command).OutputAsync();
    }

    public async Task<IReadOnlyList<string>> ContainersAsync(string service = "") =>
        Lines(await Daemon.Docker.OutputAsync("ps", "-q", "--no-trunc", "--filter", $"label=com.docker.compose.project={Project}",
            "--filter", service.Length > 0 ? $"label=com.docker.compose.service={service}" : "status=running"));

    /// <summary>Ids of what carries the project's label.</summary>
    public async Task<IReadOnlyList<string>> LabelledAsync(string noun) =>
        Lines(await Daemon.Docker.OutputAsync(noun, "ls", "-q", "--filter", $"label=com.docker.compose.project={Project}"));

    public async Task<(int A, int B)> ScoresAsync()
    {
        var scores = JsonDocument.Parse(await Http.GetStringAsync(Scores)).RootElement.GetProperty("scores");
        return (scores.GetProperty("a").GetInt32(), scores.GetProperty("b").GetInt32());
    }

    public Task ScoresBecomeAsync(int a, int b, TimeSpan? within = null) =>
        Eventually.HoldsAsync(async () => await TryScoresAsync() == (a, b), $"the scores are {a} and {b}", within);

    /// <summary>A vote of this voter, or of a new one.</summary>
    public async Task VoteAsync(string choice, string voter = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Vote) { Content = new FormUrlEncodedContent([new("vote", choice)]) };
        if (voter.Length > 0) request.Headers.Add("Cookie", $"voter_id={voter}");
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>SIGKILL from the host to a container's first process: no client asked for it. Returns when the engine has seen it.</summary>
    public async Task KillAsync(string service)
    {
        var container = (await ContainersAsync(service))[0];
        var pid = await Daemon.Docker.InspectAsync(container, "{{.State.Pid}}");
        await ProcessList.SignalAsync(int.Parse(pid, CultureInfo.InvariantCulture), "KILL");
        await Eventually.HoldsAsync(async () => (await Daemon.Docker.RunAsync("inspect", "--format", "{{.State.Pid}}", container)).Stdout.Trim() != pid, "the engine has seen the end");
    }

    public async Task<JsonElement> InspectAsync(string service) =>
        JsonDocument.Parse(await Boreal("app", "inspect", $"{Project}/{service}").OutputAsync()).RootElement;

    public Task RunsAsync(string service, int replicas, TimeSpan? within = null) => Eventually.HoldsAsync(
        async () => await InspectAsync(service) is var seen && seen.GetProperty("Converged").GetBoolean() && seen.GetProperty("Counts").GetProperty("Running").GetInt32() == replicas,
        $"{replicas} of {service} run", within);

    public async ValueTask DisposeAsync()
    {
        await Boreal(Compose("down", "--volumes", "--timeout", "1")).RunAsync();
        await Daemon.DisposeAsync();
        Http.Dispose();
        _directory.Dispose();
    }

    private async Task<(int A, int B)> TryScoresAsync()
    {
        try
        {
            return await ScoresAsync();
        }
        catch (HttpRequestException)
        {
            return (-1, -1);
        }
    }

    private string[] Compose(params string[] arguments) =>
        ["compose", "-f", Path.Combine(VotingImages.Sample, "compose.yaml"), "-f", _directory.File("override.yaml"), .. arguments];

    private Command Here(Command command) => command.In(VotingImages.Sample).Within(Patience)
        .WithVariable("VOTE_PORT", $"{_votePort}").WithVariable("RESULT_PORT", $"{_resultPort}");

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
