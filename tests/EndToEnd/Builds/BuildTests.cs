using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>One Dockerfile per feature, built by the stock client, held against what Docker made of it (BOREAL_RECORD=1 records).</summary>
public sealed class BuildTests(EngineUnderTest engine) : IDisposable
{
    private const string Image = "boreal-build-case";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "EndToEnd", "Builds", "Cases");

    private readonly TemporaryDirectory _config = new();

    public static TheoryData<string> Cases => [.. Directory.EnumerateFiles(Folder, "*.txt").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case_BuiltByTheStockClient_IsWhatDockerMade(string name)
    {
        var recorded = new BuildCase(Path.Combine(Folder, name + ".txt"));
        using var context = new TemporaryDirectory();
        await recorded.WriteAsync(context.Path);
        var docker = Client();
        await docker.Command(["build", "--quiet", "--tag", Image, .. recorded.Arguments, "."]).In(context.Path).OutputAsync();
        try
        {
            var outcome = await BuiltImage.DescribeAsync(docker, Image);
            if (Environment.GetEnvironmentVariable("BOREAL_RECORD") is { Length: > 0 })
                await recorded.RecordAsync(outcome);
            else
                Assert.Equal(recorded.Recorded, outcome);
        }
        finally
        {
            await docker.RunAsync("rmi", "--force", Image);
        }
    }

    public void Dispose() => _config.Dispose();

    private DockerCli Client()
    {
        var plugins = Directory.CreateDirectory(_config.File("cli-plugins")).FullName;
        File.CreateSymbolicLink(Path.Combine(plugins, "docker-buildx"), Requirements.DockerPlugin("docker-buildx"));
        return new DockerCli(engine.Docker.Host, _config.Path);
    }
}
