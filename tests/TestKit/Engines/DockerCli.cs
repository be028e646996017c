using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.TestKit.Engines;

/// <summary>The stock docker CLI, pointed at one engine and away from the developer's own configuration.</summary>
public sealed class DockerCli(string host, string configDirectory, string? program = null)
{
    private readonly string _program = program ?? Requirements.Program("docker", "docker.io");

    public string Host => host;

    public Command Command(params string[] arguments) => In(Processes.Command.Of(_program, arguments));

    /// <summary>A shell line in which <c>docker</c> is this CLI.</summary>
    public Command Shell(string line) => In(Processes.Command.Shell(line));

    public Task<CommandResult> RunAsync(params string[] arguments) => Command(arguments).RunAsync();

    /// <summary>Trimmed standard output of a command that must succeed.</summary>
    public Task<string> OutputAsync(params string[] arguments) => Command(arguments).OutputAsync();

    public Task<CommandResult> RemoveAsync(params string[] containers) => RunAsync(["rm", "-f", "-v", .. containers]);

    public Task<string> InspectAsync(string container, string format) => OutputAsync("inspect", "--format", format, container);

    private Command In(Command command) => command with
    {
        Environment = new Dictionary<string, string?>
        {
            ["DOCKER_HOST"] = host,
            ["DOCKER_CONFIG"] = configDirectory,
            ["DOCKER_CLI_HINTS"] = "false",
            ["PATH"] = $"{Path.GetDirectoryName(_program)}:{Environment.GetEnvironmentVariable("PATH")}",
            ["TERM"] = "xterm",
            ["TZ"] = "UTC",
            ["LC_ALL"] = "C.UTF-8",
        },
    };
}
