using System.Text.Json;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary><c>boreal build</c> as people call it. What holds here holds on Docker too (BOREAL_E2E_HOST).</summary>
public sealed class BorealBuildTests(EngineUnderTest engine) : IDisposable
{
    private const string Image = "boreal-own-build";
    private const string Base = "FROM " + EngineUnderTest.Image + "\n";

    private readonly TemporaryDirectory _directory = new();

    private string Context => _directory.File("context");

    [Fact]
    public async Task Build_OfAFolder_MakesTheImageAndSaysSo()
    {
        Write("Dockerfile", Base + "COPY . /app\nRUN cat /app/text /app/sub/other >/both\nCMD [\"cat\", \"/both\"]\n");
        Write(".dockerignore", "*.log\n");
        Write("text", "one ");
        Write("sub/other", "two");
        Write("noise.log", "noise");

        var built = await BuildAsync("--tag", Image, "--iidfile", _directory.File("id"), "--metadata-file", _directory.File("meta"), "--label", "a=b", Context);

        Assert.Equal("one two", await engine.Docker.OutputAsync("run", "--rm", Image));
        Assert.Equal("sub text", await engine.Docker.OutputAsync("run", "--rm", Image, "sh", "-c", "cd /app && echo s* t*"));
        var id = await File.ReadAllTextAsync(_directory.File("id"), TestContext.Current.CancellationToken);
        Assert.Equal(id, await engine.Docker.OutputAsync("inspect", "--format", "{{.Id}}", Image));
        using var metadata = JsonDocument.Parse(await File.ReadAllBytesAsync(_directory.File("meta"), TestContext.Current.CancellationToken));
        Assert.Equal(id, metadata.RootElement.GetProperty("containerimage.config.digest").GetString());
        Assert.Contains("RUN cat /app/text", built.Stderr, StringComparison.Ordinal);
        Assert.Equal(id, (await BuildAsync("-q", "--label", "a=b", Context)).Stdout.Trim());
    }

    [Fact]
    public async Task Build_WithSecretsArgumentsAndHosts_HandsThemOver()
    {
        Write("Dockerfile", Base + "ARG WHO\nRUN --mount=type=secret,id=file --mount=type=secret,id=NAMED,env=V test \"$(cat /run/secrets/file)\" = f && test \"$V\" = v && echo $WHO >/who && grep -q 1.2.3.4 /etc/hosts\n");
        File.WriteAllText(_directory.File("secret"), "f");

        await Boreal("build", "--secret", $"id=file,src={_directory.File("secret")}", "--secret", "id=NAMED", "--build-arg", "WHO=me", "--add-host", "x:1.2.3.4", "-t", Image, Context).WithVariable("NAMED", "v").OutputAsync();

        Assert.Equal("me", await engine.Docker.OutputAsync("run", "--rm", Image, "cat", "/who"));
    }

    [Fact]
    public async Task Build_IntoAFolderOrAnArchive_BringsTheFiles()
    {
        Write("Dockerfile", "FROM scratch\nCOPY text /dir/text\nCOPY text /top\n");
        Write("text", "content");

        await BuildAsync("-o", _directory.File("out"), Context);
        await BuildAsync("-o", $"type=tar,dest={_directory.File("out.tar")}", Context);

        Assert.Equal("content", await File.ReadAllTextAsync(_directory.File("out/dir/text"), TestContext.Current.CancellationToken));
        Assert.Equal("dir/\ndir/text\ntop", await Command.Of("tar", "tf", _directory.File("out.tar")).OutputAsync());
    }

    [Fact]
    public async Task Build_OfADockerfileOnStandardInput_NeedsNoFolder()
    {
        await Boreal("build", "-q", "-t", Image, "-").WithStdin(Base + "RUN echo in >/in\n").OutputAsync();
        Assert.Equal("in", await engine.Docker.OutputAsync("run", "--rm", Image, "cat", "/in"));
    }

    [Fact]
    public async Task Build_ThatFails_ShowsWhatAndWhere()
    {
        Write("Dockerfile", Base + "RUN echo going wrong; exit 3\n");

        var failed = await Boreal("build", Context).RunAsync();

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("going wrong", failed.Stderr, StringComparison.Ordinal);
        Assert.Contains("   2 | >>> RUN echo going wrong; exit 3\n", failed.Stderr, StringComparison.Ordinal);
        Assert.EndsWith("ERROR: failed to solve: process \"/bin/sh -c echo going wrong; exit 3\" did not complete successfully: exit code: 3\n", failed.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_OfNothing_SaysWhatIsMissing()
    {
        Assert.Equal("ERROR: unable to prepare context: path \"/none/here\" not found", (await Boreal("build", "/none/here").RunAsync()).Stderr.Trim());
        Directory.CreateDirectory(Context);
        Assert.Contains("failed to read dockerfile: open Dockerfile: no such file or directory", (await Boreal("build", Context).RunAsync()).Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_WithANamedContext_TakesFilesFromThere()
    {
        Write("Dockerfile", "FROM scratch\nCOPY --from=other text /text\n");
        Directory.CreateDirectory(_directory.File("other"));
        File.WriteAllText(_directory.File("other/text"), "named");

        await BuildAsync("--build-context", $"other={_directory.File("other")}", "-o", _directory.File("out"), Context);

        Assert.Equal("named", await File.ReadAllTextAsync(_directory.File("out/text"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_ForTargets_ListsThem()
    {
        Write("Dockerfile", "FROM scratch AS first\nFROM scratch AS last\n");
        var targets = await BuildAsync("--call", "targets", Context);
        Assert.Contains("first", targets.Stdout, StringComparison.Ordinal);
        Assert.Contains("last (default)", targets.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuilderUsage_AfterABuild_ListsItsContext()
    {
        Write("Dockerfile", Base + "COPY text /\n");
        Write("text", "x");
        await BuildAsync("-t", Image, Context);

        var usage = await Boreal("builder", "du").OutputAsync();

        Assert.StartsWith("ID ", usage, StringComparison.Ordinal);
        Assert.Contains("Total:", usage, StringComparison.Ordinal);
        Assert.Equal("Total:\t0B", await Boreal("builder", "prune", "-f", "--filter", "id=none-of-that-name").OutputAsync());
    }

    public void Dispose()
    {
        engine.Docker.RunAsync("rmi", "--force", Image).GetAwaiter().GetResult();
        _directory.Dispose();
    }

    private Command Boreal(params string[] words) => Command.Of(Repository.Binary("boreal"), ["-H", engine.Docker.Host, .. words]);

    private async Task<CommandResult> BuildAsync(params string[] words)
    {
        var result = await Boreal(["build", .. words]).RunAsync();
        Assert.True(result.ExitCode == 0, result.Stderr);
        return result;
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(Context, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "/");
        File.WriteAllText(file, text);
    }
}
