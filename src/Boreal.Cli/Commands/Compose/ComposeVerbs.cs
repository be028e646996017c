using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Commands.Compose;

/// <summary>The verbs of <c>boreal compose</c>.</summary>
internal static class ComposeVerbs
{
    public static CommandEntry Group { get; } = new("compose", "Define and run multi-container applications", null, All()) { GroupOptions = static () => new ProjectOptions().Flags };

    private static IReadOnlyList<CommandEntry> All() =>
    [
        new("build", "Build or rebuild services", static () => new ComposeBuildCommand()),
        new("config", "Parse, resolve and render compose file in canonical format", static () => new ConfigCommand()) { OtherNames = ["convert"] },
        new("down", "Stop and remove containers, networks", static () => new DownCommand()),
        new("exec", "Execute a command in a running container", static () => new ComposeExecCommand()),
        new("logs", "View output from containers", static () => new ComposeLogsCommand()),
        new("ps", "List containers", static () => new ComposePsCommand()),
        new("restart", "Restart service containers", static () => new ServicesCommand("restart", "Restart service containers")),
        new("scale", "Scale services", static () => new ScaleCommand()),
        new("start", "Start services", static () => new ServicesCommand("start", "Start services")),
        new("stop", "Stop services", static () => new ServicesCommand("stop", "Stop services")),
        new("up", "Create and start containers", static () => new UpCommand()),
    ];
}
