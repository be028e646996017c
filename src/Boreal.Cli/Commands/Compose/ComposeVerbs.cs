using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Commands.Compose;

/// <summary>The verbs of <c>boreal compose</c>.</summary>
internal static class ComposeVerbs
{
    public static CommandEntry Group { get; } = new("compose", "Define and run multi-container applications", null, All()) { GroupOptions = static () => new ProjectOptions().Flags };

    private static IReadOnlyList<CommandEntry> All() =>
    [
        new("attach", "Attach local standard input, output, and error streams to a service's running container", static () => new ComposeAttachCommand()),
        new("build", "Build or rebuild services", static () => new ComposeBuildCommand()),
        new("config", "Parse, resolve and render compose file in canonical format", static () => new ConfigCommand()) { OtherNames = ["convert"] },
        new("cp", "Copy files/folders between a service container and the local filesystem", static () => new ComposeCopyCommand()),
        new("create", "Creates containers for a service", static () => new ComposeCreateCommand()),
        new("down", "Stop and remove containers, networks", static () => new DownCommand()),
        new("events", "Receive real time events from containers", static () => new ComposeEventsCommand()),
        new("exec", "Execute a command in a running container", static () => new ComposeExecCommand()),
        new("images", "List images used by the created containers", static () => new ComposeImagesCommand()),
        new("kill", "Force stop service containers", static () => new ComposeKillCommand()),
        new("logs", "View output from containers", static () => new ComposeLogsCommand()),
        new("ls", "List running compose projects", static () => new ComposeListCommand()),
        new("pause", "Pause services", static () => new PauseServicesCommand(pauses: true)),
        new("port", "Print the public port for a port binding", static () => new ComposePortCommand()),
        new("ps", "List containers", static () => new ComposePsCommand()),
        new("pull", "Pull service images", static () => new ComposePullCommand()),
        new("push", "Push service images", static () => new ComposePushCommand()),
        new("restart", "Restart service containers", static () => new ServicesCommand("restart", "Restart service containers")),
        new("rm", "Removes stopped service containers", static () => new ComposeRemoveCommand()),
        new("run", "Run a one-off command on a service", static () => new ComposeRunCommand()),
        new("scale", "Scale services", static () => new ScaleCommand()),
        new("start", "Start services", static () => new ServicesCommand("start", "Start services")),
        new("stats", "Display a live stream of container(s) resource usage statistics", static () => new ComposeStatsCommand()),
        new("stop", "Stop services", static () => new ServicesCommand("stop", "Stop services")),
        new("top", "Display the running processes", static () => new ComposeTopCommand()),
        new("unpause", "Unpause services", static () => new PauseServicesCommand(pauses: false)),
        new("up", "Create and start containers", static () => new UpCommand()),
        new("version", "Show the Compose version information", static () => new ComposeVersionCommand()),
        new("volumes", "List volumes", static () => new ComposeVolumesCommand()),
        new("wait", "Block until containers of all (or specified) services stop.", static () => new ComposeWaitCommand()),
        new("watch", "Watch build context for service and rebuild/refresh containers when files are updated", static () => new ComposeWatchCommand()),
    ];
}
