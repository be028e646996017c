using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>The clients that build on one engine.</summary>
internal sealed class BuildClients : IDisposable
{
    /// <summary>How the outcome of a failed build begins.</summary>
    public const string Failed = "failed";

    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Trees = [];

    private readonly TemporaryDirectory _config = new();
    private readonly DockerCli _docker;

    public BuildClients(string host)
    {
        var plugins = Directory.CreateDirectory(_config.File("cli-plugins")).FullName;
        File.CreateSymbolicLink(Path.Combine(plugins, "docker-buildx"), Requirements.DockerPlugin("docker-buildx"));
        _docker = new DockerCli(host, _config.Path);
    }

    /// <summary>The stock client with buildx.</summary>
    public Command Buildx(params string[] arguments) => _docker.Command(arguments);

    /// <summary>The stock client's own builds by <c>POST /build</c>.</summary>
    public Command Classic(params string[] arguments) => _docker.Command(arguments).WithVariable("DOCKER_BUILDKIT", "0");

    /// <summary>Our own client.</summary>
    public Command Boreal(params string[] arguments) => Command.Of(Repository.Binary("boreal"), ["-H", _docker.Host, .. arguments]);

    /// <summary>The files of the image that nearly all cases begin with.</summary>
    public async Task<IReadOnlyDictionary<string, string>> BaseTreeAsync()
    {
        if (!Trees.TryGetValue(_docker.Host, out var tree))
            Trees.Add(_docker.Host, tree = await BuiltImage.TreeAsync(_docker, EngineUnderTest.Image));
        return tree;
    }

    public void Dispose() => _config.Dispose();
}
