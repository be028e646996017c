using System.Text.RegularExpressions;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>One Dockerfile per feature, built by each client, held against what Docker made of it through buildx (with BOREAL_RECORD=1, those without a record get one).</summary>
public sealed partial class BuildTests(EngineUnderTest engine) : IDisposable
{
    private const string Image = "boreal-build-case";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "EndToEnd", "Builds", "Cases");

    private readonly BuildClients _clients = new(engine.Docker.Host);

    public static TheoryData<string> Cases => [.. Files.Select(Path.GetFileNameWithoutExtension).OfType<string>()];

    public static TheoryData<string> ClassicCases => [.. Files.Where(path => new BuildCase(path).IsClassic).Select(Path.GetFileNameWithoutExtension).OfType<string>()];

    private static bool IsRecording => Environment.GetEnvironmentVariable("BOREAL_RECORD") is { Length: > 0 };

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case_BuiltByTheStockClient_IsWhatDockerMade(string name)
    {
        var recorded = Case(name);
        if (IsRecording && recorded.Recorded.Length > 0)
            return;
        var outcome = await BuildAsync(recorded, _clients.Buildx);

        if (IsRecording)
            await recorded.RecordAsync(outcome);
        else
            Assert.Equal(recorded.Recorded, outcome);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case_BuiltByOurClient_IsWhatDockerMade(string name) =>
        Assert.Equal(Case(name).Recorded, StepLog().Replace(await BuildAsync(Case(name), _clients.Boreal), ""));

    [Theory]
    [MemberData(nameof(ClassicCases))]
    public async Task Case_BuiltWithoutASession_IsWhatDockerMade(string name)
    {
        var recorded = Case(name);

        var outcome = await BuildAsync(recorded, _clients.Classic);

        Assert.Equal(WithoutWords(recorded.Recorded), WithoutWords(outcome));
    }

    public void Dispose() => _clients.Dispose();

    private static BuildCase Case(string name) => new(Path.Combine(Folder, name + ".txt"));

    // Clients word failures in their own ways.
    private static string WithoutWords(string outcome) => outcome.StartsWith(BuildClients.Failed, StringComparison.Ordinal) ? BuildClients.Failed : outcome;

    // Names of files and records that every build has others of.
    [GeneratedRegex(@" [0-9a-z-]{36}::[0-9a-z]{25}(?=:)|/\S+/(merged|buildkit-mount[0-9]+)(?=/)")]
    private static partial Regex Unnamed();

    // What a failed step said, which clients before ours kept to themselves when told to be quiet.
    [GeneratedRegex(@"(?<=\Afailed 1\n)------\n(?s:.*?)\n------\n")]
    private static partial Regex StepLog();

    private async Task<string> BuildAsync(BuildCase recorded, Func<string[], Command> client)
    {
        using var context = new TemporaryDirectory();
        await recorded.WriteAsync(context.Path);
        var result = await client(["build", "--quiet", "--tag", Image, .. recorded.Arguments, "."]).In(context.Path).RunAsync();
        if (result.ExitCode != 0)
            return $"{BuildClients.Failed} {result.ExitCode}\n{Unnamed().Replace(result.Stderr, "")}";
        try
        {
            return await BuiltImage.DescribeAsync(engine.Docker, Image, await _clients.BaseTreeAsync());
        }
        finally
        {
            await engine.Docker.RunAsync("rmi", "--force", Image);
        }
    }
}
