using System.Text;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Sources;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>Contexts that are no folder of the client: repositories, URLs, archives on standard input.</summary>
public sealed class RemoteContextTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const string Image = "boreal-remote-context";

    private const string Files = """
        printf 'FROM busybox\nCOPY . /all/\n' > Dockerfile; printf 'FROM busybox\nCOPY a /other\n' > Other
        echo one > a; mkdir -p sub; printf 'FROM busybox\nCOPY . /part/\n' > sub/Dockerfile; echo two > sub/b; chmod 755 sub/b; ln -sf a link
        """;

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await engine.Docker.RunAsync("rmi", "--force", Image);
        _folder.Dispose();
    }

    [Fact]
    public async Task Build_FromARepository_HasWhatTheRefAndFolderHold()
    {
        await GitServer.CommitAsync(_folder.File("repo"), Files);
        await GitServer.CommitAsync(_folder.File("repo"), "git tag first; git switch --quiet --create next; echo changed > sub/b");
        await using var server = await GitServer.StartAsync(_folder.Path);

        await BuildAsync($"{server.Address}/repo#first:sub");
        Assert.Equal("/part/Dockerfile /part/b two", await RunAsync("echo $(find /part -type f | sort) $(cat /part/b)"));
        await BuildAsync($"{server.Address}/repo#next");
        Assert.Equal("changed one no", await RunAsync("echo $(cat /all/sub/b /all/link; test -e /all/.git && echo yes || echo no)"));
        await BuildAsync("--build-arg", "BUILDKIT_CONTEXT_KEEP_GIT_DIR=1", "--file", "Dockerfile", $"{server.Address}/repo#next");
        Assert.Equal("yes", await RunAsync("test -f /all/.git/HEAD && echo yes || echo no"));
    }

    [Fact]
    public async Task Build_FromARepositoryThatHasNotWhatIsAsked_SaysWhatIsMissing()
    {
        await GitServer.CommitAsync(_folder.File("repo"), Files);
        await using var server = await GitServer.StartAsync(_folder.Path);
        await FailsAsync("failed to read dockerfile: failed to load cache key: repository does not contain ref none, output: \"\"", $"{server.Address}/repo#none");
        await FailsAsync("failed to read dockerfile: invalid subdir /none: failed to lstat \"none\": statat none: no such file or directory", $"{server.Address}/repo#main:none");
        await FailsAsync("failed to read dockerfile: open none: no such file or directory", "--file", "none", $"{server.Address}/repo");
    }

    [Fact]
    public async Task Build_FromARepositoryBehindAToken_SendsTheClientsSecret()
    {
        await GitServer.CommitAsync(_folder.File("repo"), Files);
        var token = Convert.ToBase64String(Encoding.ASCII.GetBytes("x-access-token:sesame"));
        await using var server = new WebFolder(_folder.Path, "basic " + token);
        // Git takes an address for a repository by its name.
        Directory.Move(_folder.File("repo"), _folder.File("repo.git"));
        var repository = $"{server.Address}/repo.git/.git";

        await FailsAsync("could not read Username", repository);
        await BuildAsync("--secret", "id=GIT_AUTH_TOKEN,env=TOKEN", repository);
        Assert.Equal("one", await RunAsync("cat /all/a"));
    }

    [Fact]
    public async Task Add_Repository_LaysItsFilesIntoTheFolder()
    {
        await GitServer.CommitAsync(_folder.File("repo"), Files);
        await using var server = await GitServer.StartAsync(_folder.Path);
        await WriteAsync($"FROM busybox\nADD {server.Address}/repo /slash/\nADD --chown=5:6 {server.Address}/repo#main:sub /none\n");
        await BuildAsync(_folder.File("context"));
        Assert.Equal("one 5:6 755", await RunAsync("echo $(cat /slash/link; stat -c '%u:%g %a' /none/b)"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--gzip")]
    [InlineData("--xz")]
    [InlineData("--bzip2")]
    public async Task Build_FromAnArchive_ComesByUrlAndByStandardInput(string compression)
    {
        await Command.Shell($"mkdir web context; cd context; {Files}\ntar --create {compression} --file ../web/context .").In(_folder.Path).OutputAsync();
        await using var server = new WebFolder(_folder.File("web"));
        await BuildAsync($"{server.Address}/context");
        Assert.Equal("one two", await RunAsync("echo $(cat /all/link /all/sub/b)"));

        var sent = Docker("build", "--quiet", "--tag", Image, "--file", "Other", "-") with { Stdin = await File.ReadAllBytesAsync(_folder.File("web/context"), Token) };
        await sent.OutputAsync();
        Assert.Equal("one", await RunAsync("cat /other"));

        await WriteAsync("FROM busybox\nADD archive /unpacked/\n");
        File.Copy(_folder.File("web/context"), _folder.File("context/archive"));
        await BuildAsync(_folder.File("context"));
        Assert.Equal("two", await RunAsync("cat /unpacked/sub/b"));
    }

    [Fact]
    public async Task Build_FromAWebAddress_TakesWhatIsNoArchiveForTheDockerfile()
    {
        Directory.CreateDirectory(_folder.File("web"));
        await File.WriteAllTextAsync(_folder.File("web/any"), "FROM busybox\nRUN echo made > /made\n", Token);
        await using var server = new WebFolder(_folder.File("web"));
        await BuildAsync($"{server.Address}/any");
        Assert.Equal("made", await RunAsync("cat /made"));
        await FailsAsync("failed to read downloaded context: failed to load cache key: invalid response status 404", $"{server.Address}/none");
    }

    private async Task WriteAsync(string dockerfile)
    {
        Directory.CreateDirectory(_folder.File("context"));
        await File.WriteAllTextAsync(_folder.File("context/Dockerfile"), dockerfile, Token);
    }

    private Task<string> BuildAsync(params string[] arguments) => Docker(["build", "--quiet", "--tag", Image, .. arguments]).OutputAsync();

    private async Task FailsAsync(string reason, params string[] arguments)
    {
        var result = await Docker(["build", .. arguments]).RunAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Stderr, StringComparison.Ordinal);
    }

    private Task<string> RunAsync(string line) => engine.Docker.OutputAsync("run", "--rm", Image, "sh", "-c", line);

    private Command Docker(params string[] arguments)
    {
        var plugins = Directory.CreateDirectory(_folder.File("config/cli-plugins")).FullName;
        var plugin = Path.Combine(plugins, "docker-buildx");
        if (!File.Exists(plugin))
            File.CreateSymbolicLink(plugin, Requirements.DockerPlugin("docker-buildx"));
        return new DockerCli(engine.Docker.Host, _folder.File("config")).Command(arguments).WithVariable("TOKEN", "sesame");
    }
}
