using System.Text;
using System.Text.Json;
using Boreal.BuildWire.Protocol.Control;
using Boreal.Cli.Building.Progress;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Boreal.Tests.Unit.Cli.Building;

public sealed class DisplayTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public async Task Plain_OfTwoSteps_WritesABlockEach()
    {
        await using var display = Plain();
        display.Take(News(Step("a", "[1/2] FROM x", 0, 0, isCached: true)));
        display.Take(News(Step("b", "[2/2] RUN y", 0)));
        display.Take(Log("b", 0.25, "one\ntw"));
        display.Take(Log("b", 0.5, "o\n"));
        display.Take(News(Step("b", "[2/2] RUN y", 0, 1.5)));
        display.Complete(hasFailed: false);

        Assert.Equal("#1 [1/2] FROM x\n#1 CACHED\n\n#2 [2/2] RUN y\n#2 0.250 one\n#2 0.250 two\n#2 DONE 1.5s\n", _output.ToString());
    }

    [Fact]
    public async Task Plain_OfTwoStepsAtOnce_LetsOneSpeakAtATime()
    {
        await using var display = Plain();
        display.Take(News(Step("a", "A", 0), Step("b", "B", 0)));
        display.Take(Log("a", 0, "a1\n"));
        display.Take(Log("b", 0, "b1\n"));
        display.Take(Log("a", 0, "a2\n"));
        display.Take(News(Step("b", "B", 0, 1), Step("a", "A", 0, 1)));

        Assert.Equal("#1 A\n#1 0.000 a1\n#1 0.000 a2\n#1 DONE 1.0s\n\n#2 B\n#2 0.000 b1\n#2 DONE 1.0s\n", _output.ToString());
    }

    [Fact]
    public async Task Plain_OfAFailure_RepeatsItsLastLines()
    {
        await using var display = Plain();
        display.Take(News(Step("a", "RUN false", 0)));
        display.Take(Log("a", 0, "oh no\n"));
        display.Take(News(Step("a", "RUN false", 0, 1, error: "exit code: 1"), Step("b", "RUN true", 0, 1, error: "context canceled")));
        display.Complete(hasFailed: true);

        Assert.Equal(
            "#1 RUN false\n#1 0.000 oh no\n#1 ERROR: exit code: 1\n\n#2 RUN true\n#2 CANCELED\n------\n > RUN false:\n0.000 oh no\n------\n",
            _output.ToString());
    }

    [Fact]
    public async Task Plain_OfParts_TellsThemWhenTheyAreComplete()
    {
        await using var display = Plain();
        display.Take(News(Step("a", "load", 0)));
        display.Take(Part("a", "transferring context:", 1000, null));
        display.Take(Part("a", "transferring context:", 2_100_000, 0.3));
        display.Take(News(Step("a", "load", 0, 0.4)));

        Assert.Equal("#1 load\n#1 transferring context: 2.1MB 0.3s done\n#1 DONE 0.4s\n", _output.ToString());
    }

    [Fact]
    public async Task Plain_OfWarnings_ListsThemAtTheEnd()
    {
        await using var display = Plain();
        display.Take(new StatusResponse { Warnings = { new VertexWarning { Short = ByteString.CopyFromUtf8("StageNameCasing: Stage name 'X' should be lowercase (line 1)") } } });
        display.Complete(hasFailed: false);

        Assert.Equal("\n 1 warning found (use --check to see more):\n - StageNameCasing: Stage name 'X' should be lowercase (line 1)\n", _output.ToString());
    }

    [Fact]
    public void Tree_OfARunningStep_ShowsWhatItWritesWithoutControl()
    {
        var steps = new StepList();
        _ = steps.Take(News(Step("a", "[1/2] FROM x", 0, 0, isCached: true), Step("b", "[2/2] RUN y", 0))).Count();
        var tails = new Dictionary<StepView, Queue<string>> { [steps.Steps[1]] = new(["\u001b[31mred\u001b[2J\u0007 text"]) };

        var lines = new TreeFrame(steps, tails, Start.AddSeconds(2), 60).Render(TimeSpan.FromSeconds(2), 20, isLast: false, hasFailed: false);

        Assert.Equal(4, lines.Count);
        Assert.Equal("[+] Building 2.0s (1/2)", lines[0]);
        Assert.Contains(" => CACHED [1/2] FROM x", lines[1], StringComparison.Ordinal);
        Assert.StartsWith(" => [2/2] RUN y ", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(" 2.0s", lines[2], StringComparison.Ordinal);
        Assert.Contains(" => => # red text", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Tree_OfMoreThanFits_LeavesOutWhatIsDone()
    {
        var steps = new StepList();
        for (var number = 0; number < 30; number++) _ = steps.Take(News(number < 28 ? Step($"d{number}", $"done {number}", 0, 1) : Step($"d{number}", $"runs {number}", 0))).Count();

        var lines = new TreeFrame(steps, new Dictionary<StepView, Queue<string>>(), Start.AddSeconds(2), 60).Render(TimeSpan.FromSeconds(2), 6, isLast: false, hasFailed: false);

        Assert.True(lines.Count <= 6);
        Assert.Contains(lines, line => line.Contains("runs 28", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("runs 29", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= 59 + "\u001b[34m\u001b[0m".Length));
    }

    [Fact]
    public async Task RawJson_OfNews_IsAnObjectALine()
    {
        using var output = new MemoryStream();
        await using var display = new RawJsonDisplay(output);
        display.Take(News(Step("a", "A", 0, 1)));
        display.Take(Log("a", 0.5, "x\n"));

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        Assert.Equal("""{"vertexes":[{"digest":"a","name":"A","started":"2026-01-02T03:04:05Z","completed":"2026-01-02T03:04:06Z"}]}""", lines[0]);
        using var log = JsonDocument.Parse(lines[1]);
        Assert.Equal("x\n"u8.ToArray(), log.RootElement.GetProperty("logs")[0].GetProperty("data").GetBytesFromBase64());
    }

    public void Dispose() => _output.Dispose();

    private PlainDisplay Plain() => new(_output, new FixedClock(Start));

    private static StatusResponse News(params Vertex[] steps) => new() { Vertexes = { steps } };

    private static Vertex Step(string digest, string name, double started, double? completed = null, bool isCached = false, string error = "") => new()
    {
        Digest = digest,
        Name = name,
        Started = At(started),
        Completed = completed is { } end ? At(end) : null,
        Cached = isCached,
        Error = error,
    };

    private static StatusResponse Log(string digest, double time, string text) =>
        new() { Logs = { new VertexLog { Vertex = digest, Timestamp = At(time), Stream = 1, Msg = ByteString.CopyFromUtf8(text) } } };

    private static StatusResponse Part(string digest, string id, long current, double? completed) => new()
    {
        Statuses = { new VertexStatus { ID = id, Vertex = digest, Current = current, Started = At(0), Timestamp = At(0.1), Completed = completed is { } end ? At(end) : null } },
    };

    private static Timestamp At(double seconds) => Start.AddSeconds(seconds).ToTimestamp();
}
