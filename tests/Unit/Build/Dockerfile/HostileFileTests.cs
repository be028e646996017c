using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Graph;

namespace Boreal.Tests.Unit.Build.Dockerfile;

public sealed class HostileFileTests
{
    private const int Mutations = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Fragments =
    [
        "\\\n", "<<EOF", "\n", "\"", "'", "$", "${", "}", " --", "=", "[", "]", "#", "`", "FROM ", "RUN ", "COPY ", "ONBUILD ", "\0", "\uffff", "${a//", "%%*",
        "--mount=type=cache,target=/x ", "HEALTHCHECK CMD ", "EXPOSE ", "1-2", "\ud800", "*", "?", "../", "é",
    ];

    [Fact]
    public Task Plan_OfMutatedFiles_EndsInAPlanOrAnErrorOfTheFile() => PlanMutatedAsync(5, Mutations);

    [Fact]
    public async Task Plan_OfHalfACharacterInJson_EndsInAnErrorOfTheFile() => Assert.NotEqual("", await PlanAsync("{ \"syntax\": \"\ud800\" }"));

    /// <summary>Minutes; other files each time.</summary>
    [Fact(Explicit = true)]
    public Task Plan_OfAMillionMutatedFiles_EndsInAPlanOrAnErrorOfTheFile() => PlanMutatedAsync(Random.Shared.Next(), 1_000_000);

    private static async Task PlanMutatedAsync(int seed, int mutations)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var files = Directory.EnumerateFiles(GoldenCase.Folder, "*.txt").Order(StringComparer.Ordinal)
            .SelectMany(file => GoldenCase.Read(Path.GetFileNameWithoutExtension(file))).Select(golden => golden.Files["Dockerfile"]).ToList();
        for (var i = 0; i < mutations; i++)
            await PlanAsync(Mutate(files[random.Next(files.Count)], random));
    }

    [Fact]
    public async Task Plan_OfValuesThatDouble_IsRefused()
    {
        var text = "FROM busybox\nENV a=" + new string('x', 1000) + string.Concat(Enumerable.Repeat("\nENV a=$a$a", 30));
        Assert.Contains("longer than", await PlanAsync(text));
    }

    [Fact]
    public async Task Plan_OfManyLargeValues_IsRefused()
    {
        var text = "FROM busybox\nENV a=" + new string('x', 60_000) + string.Concat(Enumerable.Range(0, 2000).Select(i => $"\nENV b{i}=$a"));
        Assert.Contains("expands to more than", await PlanAsync(text));
    }

    [Fact]
    public async Task Plan_OfEveryPortAgainAndAgain_IsRefused() =>
        Assert.Contains("more than", await PlanAsync("FROM busybox\nEXPOSE " + string.Join(' ', Enumerable.Repeat("0-65535", 8000))));

    [Fact]
    public async Task Plan_OfAStageOnAStageOnAStage_NeedsNoStack()
    {
        var stages = Enumerable.Range(1, 3000).Select(i => $"FROM s{i - 1} AS s{i}\nRUN x\nCOPY --from=s0 / /\n");
        Assert.Equal("", await PlanAsync("FROM busybox AS s0\n" + string.Concat(stages)));
    }

    [Fact]
    public async Task Plan_OfACircleOfManyStages_FindsIt()
    {
        var stages = Enumerable.Range(0, 3000).Select(i => $"FROM busybox AS s{i}\nCOPY --from=s{(i + 1) % 3000} / /\n");
        Assert.Contains("circular dependency", await PlanAsync(string.Concat(stages)));
    }

    [Theory]
    [InlineData("RUN <<", " ", "<")]
    [InlineData("# check=a", " ", "b\nFROM x")]
    [InlineData("ADD a@b:", "?", " /x")]
    [InlineData("ADD https://a/", "a.git?", " /x")]
    [InlineData("FROM a/", "a-", "")]
    [InlineData("FROM ", "a.", "/b")]
    [InlineData("COPY --chmod=u=", "rw", "! a b")]
    [InlineData("RUN --mount=", "\"\"", " a")]
    [InlineData("CMD ", "[", "")]
    [InlineData("ENV a=", "${x:-", "")]
    [InlineData("LABEL a=", "$u", "")]
    [InlineData("HEALTHCHECK --interval=", "9", "h CMD x")]
    public async Task Plan_OfALineMadeToBeSlow_Ends(string start, string repeated, string end)
    {
        var line = start + string.Concat(Enumerable.Repeat(repeated, 60_000 / repeated.Length)) + end;
        await PlanAsync(line.StartsWith('#') || line.StartsWith("FROM", StringComparison.Ordinal) ? line : "FROM busybox\n" + line);
    }

    [Fact]
    public async Task Plan_OfTooManyInstructions_IsRefused() =>
        Assert.Contains("more than 10000 instructions", await PlanAsync("FROM busybox\n" + string.Concat(Enumerable.Repeat("RUN x\n", 10_001))));

    [Fact]
    public async Task Plan_OfALongLine_IsRefused() =>
        Assert.Equal("dockerfile line greater than max allowed size of 65535", await PlanAsync("FROM busybox\nRUN " + new string('x', 70_000)));

    /// <returns>The error's message; empty for a plan. Anything else but an error of the file, or no end, fails the test.</returns>
    private static async Task<string> PlanAsync(string text)
    {
        var options = new FrontendOptions { BuildPlatform = new BuildPlatform("linux", "amd64") };
        var frontend = new DockerfileFrontend(new GoldenSources(new Dictionary<string, string>()));
        try
        {
            var planning = Task.Run(() => frontend.PlanAsync(new DockerfileText("Dockerfile", text), options, TestContext.Current.CancellationToken));
            var build = await planning.WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.All(build.Plan.Operations, operation => Assert.Equal(64, operation.Id.Value.Length));
            return "";
        }
        catch (DockerfileException exception)
        {
            return exception.Message;
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            text = random.Next(3) switch
            {
                0 => text.Insert(at, Fragments[random.Next(Fragments.Length)]),
                1 => text.Remove(at, Math.Min(random.Next(8), text.Length - at)),
                _ => text[at..] + "\n" + text[..at],
            };
        }
        return text;
    }
}
