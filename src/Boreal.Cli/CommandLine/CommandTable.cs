using Boreal.Cli.Commands;
using Boreal.Cli.Commands.Apps;
using Boreal.Cli.Commands.Autoscale;
using Boreal.Cli.Commands.Builds;
using Boreal.Cli.Commands.Compose;
using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Commands.Images;
using Boreal.Cli.Commands.Networks;
using Boreal.Cli.Commands.Node;
using Boreal.Cli.Commands.Registries;
using Boreal.Cli.Commands.Registry;
using Boreal.Cli.Commands.Volumes;
using Boreal.Cli.Completion;

namespace Boreal.Cli.CommandLine;

/// <summary>Every command there is, by name. A command object is made when it is called and not before.</summary>
internal static class CommandTable
{
    private static readonly CommandEntry Attach = new("attach", "Attach local standard input, output, and error streams to a running container", static () => new AttachCommand());
    private static readonly CommandEntry Build = new("build", "Build an image from a Dockerfile", static () => new BuildCommand()) { IsFrequent = true };
    private static readonly CommandEntry Commit = new("commit", "Create a new image from a container's changes", static () => new CommitCommand());
    private static readonly CommandEntry Copy = new("cp", "Copy files/folders between a container and the local filesystem", static () => new CopyCommand());
    private static readonly CommandEntry Create = new("create", "Create a new container", static () => new CreateCommand());
    private static readonly CommandEntry Diff = new("diff", "Inspect changes to files or directories on a container's filesystem", static () => new DiffCommand());
    private static readonly CommandEntry Events = new("events", "Get real time events from the server", static () => new EventsCommand());
    private static readonly CommandEntry Exec = new("exec", "Execute a command in a running container", static () => new ExecCommand()) { IsFrequent = true };
    private static readonly CommandEntry Export = new("export", "Export a container's filesystem as a tar archive", static () => new ExportCommand());
    private static readonly CommandEntry History = new("history", "Show the history of an image", static () => new HistoryCommand());
    private static readonly CommandEntry Import = new("import", "Import the contents from a tarball to create a filesystem image", static () => new ImportCommand());
    private static readonly CommandEntry Info = new("info", "Display system-wide information", static () => new InfoCommand()) { IsFrequent = true };
    private static readonly CommandEntry Kill = new("kill", "Kill one or more running containers", static () => new KillCommand());
    private static readonly CommandEntry Load = new("load", "Load an image from a tar archive or STDIN", static () => new LoadCommand());
    private static readonly CommandEntry Logs = new("logs", "Fetch the logs of a container", static () => new LogsCommand());
    private static readonly CommandEntry Pause = new("pause", "Pause all processes within one or more containers", static () => new PauseCommand());
    private static readonly CommandEntry Port = new("port", "List port mappings or a specific mapping for the container", static () => new PortCommand());
    private static readonly CommandEntry Pull = new("pull", "Download an image from a registry", static () => new PullCommand()) { IsFrequent = true };
    private static readonly CommandEntry Push = new("push", "Upload an image to a registry", static () => new PushCommand()) { IsFrequent = true };
    private static readonly CommandEntry Rename = new("rename", "Rename a container", static () => new RenameCommand());
    private static readonly CommandEntry Restart = new("restart", "Restart one or more containers", static () => new RestartCommand());
    private static readonly CommandEntry Remove = new("rm", "Remove one or more containers", static () => new RemoveCommand());
    private static readonly CommandEntry Run = new("run", "Create and run a new container from an image", static () => new RunCommand()) { IsFrequent = true };
    private static readonly CommandEntry Save = new("save", "Save one or more images to a tar archive (streamed to STDOUT by default)", static () => new SaveCommand());
    private static readonly CommandEntry Start = new("start", "Start one or more stopped containers", static () => new StartCommand());
    private static readonly CommandEntry Stats = new("stats", "Display a live stream of container(s) resource usage statistics", static () => new StatsCommand());
    private static readonly CommandEntry Stop = new("stop", "Stop one or more running containers", static () => new StopCommand());
    private static readonly CommandEntry Tag = new("tag", "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE", static () => new TagCommand());
    private static readonly CommandEntry Top = new("top", "Display the running processes of a container", static () => new TopCommand());
    private static readonly CommandEntry Unpause = new("unpause", "Unpause all processes within one or more containers", static () => new UnpauseCommand());
    private static readonly CommandEntry Update = new("update", "Update configuration of one or more containers", static () => new UpdateCommand());
    private static readonly CommandEntry Wait = new("wait", "Block until one or more containers stop, then print their exit codes", static () => new WaitCommand());

    public static IReadOnlyList<CommandEntry> All { get; } =
    [
        Run, Exec,
        new("ps", "List containers", static () => new PsCommand()) { IsFrequent = true },
        Build, Pull, Push,
        new("images", "List images", static () => new ImagesCommand()) { IsFrequent = true },
        new("login", "Authenticate to a registry", static () => new LoginCommand()) { IsFrequent = true },
        new("logout", "Log out from a registry", static () => new LogoutCommand()) { IsFrequent = true },
        new("search", "Search a registry for images", static () => new SearchCommand()) { IsFrequent = true },
        new("version", "Show the Boreal version information", static () => new VersionCommand()) { IsFrequent = true },
        Info,
        new("builder", "Manage builds", null, BuilderGroup()) { OtherNames = ["buildx"] },
        new("app", "Manage apps: services kept as they are asked", null, AppGroup()),
        new("autoscale", "Manage how services scale by themselves", null, AutoscaleGroup()),
        ComposeVerbs.Group,
        new("container", "Manage containers", null, ContainerGroup()),
        new("image", "Manage images", null, ImageGroup()),
        new("manifest", "Look at image manifests in registries", null, [new("inspect", "Display an image manifest, or manifest list", static () => new ManifestInspectCommand())]),
        new("network", "Manage networks", null, NetworkGroup()),
        new("registry", "Serve and manage registries", null, RegistryGroup()),
        new("system", "Manage Boreal", null, SystemGroup()),
        new("volume", "Manage volumes", null, VolumeGroup()),
        Attach, Commit, Copy, Create, Diff, Events, Export, History, Import,
        new("inspect", "Return low-level information on Docker objects", static () => new InspectCommand()),
        Kill, Load, Logs, Pause, Port, Rename, Restart, Remove,
        new("rmi", "Remove one or more images", static () => new RemoveImageCommand()),
        Save, Start, Stats, Stop, Tag, Top, Unpause, Update, Wait,
        new("why", "Explain why a service is as it is", static () => new WhyCommand()),
        new("completion", "Write the completion script for a shell", static () => new CompletionCommand()),
        new("__complete", "", static () => new CandidatesCommand()) { IsHidden = true },
    ];

    private static IReadOnlyList<CommandEntry> BuilderGroup() =>
    [
        Build with { OtherNames = ["b"] },
        new("du", "List the build cache", static () => new BuilderUsageCommand()),
        new("prune", "Remove build cache", static () => new BuilderPruneCommand()),
    ];

    private static IReadOnlyList<CommandEntry> AppGroup() =>
    [
        new("history", "Show the revisions of a service and what was decided about it", static () => new AppHistoryCommand()),
        new("inspect", "Display detailed information on an app or a service", static () => new AppInspectCommand()),
        new("ls", "List apps", static () => new AppListCommand()) { OtherNames = ["list"] },
        new("ps", "List the tasks of an app", static () => new AppTasksCommand()),
        new("rm", "Remove apps: their services and containers", static () => new AppRemoveCommand()) { OtherNames = ["remove"] },
        new("rollback", "Bring the previous revision of a service back", static () => new AppRollbackCommand()),
        new("scale", "Say how many tasks services have", static () => new AppScaleCommand()),
        new("top", "Display what services use and do, live; q ends it", static () => new AppTopCommand()),
    ];

    private static IReadOnlyList<CommandEntry> AutoscaleGroup() =>
    [
        new("history", "Show how a service was scaled, and why", static () => new AutoscaleHistoryCommand()),
        new("pause", "Leave services at the replicas they have", static () => new AutoscalePauseCommand()),
        new("resume", "Let services scale by themselves again", static () => new AutoscaleResumeCommand()),
        new("rm", "Let services no longer scale by themselves", static () => new AutoscaleRemoveCommand()) { OtherNames = ["remove"] },
        new("set", "Let a service scale by itself", static () => new AutoscaleSetCommand()),
        new("show", "Show how a service scales, and what was seen of it last", static () => new AutoscaleShowCommand()),
    ];

    private static IReadOnlyList<CommandEntry> ContainerGroup() =>
    [
        Attach, Commit, Copy, Create, Diff, Exec, Export,
        new("inspect", "Display detailed information on one or more containers", static () => new InspectCommand("container")),
        Kill, Logs,
        new("ls", "List containers", static () => new PsCommand()) { OtherNames = ["ps", "list"] },
        Pause, Port,
        new("prune", "Remove all stopped containers", static () => new ContainerPruneCommand()),
        Rename, Restart, Remove with { OtherNames = ["remove"] }, Run, Start, Stats, Stop, Top, Unpause, Update, Wait,
    ];

    private static IReadOnlyList<CommandEntry> ImageGroup() =>
    [
        Build, History, Import,
        new("inspect", "Display detailed information on one or more images", static () => new InspectCommand("image")),
        Load,
        new("ls", "List images", static () => new ImagesCommand()) { OtherNames = ["list"] },
        new("prune", "Remove unused images", static () => new ImagePruneCommand()),
        Pull, Push,
        new("rm", "Remove one or more images", static () => new RemoveImageCommand()) { OtherNames = ["remove"] },
        Save, Tag,
    ];

    private static IReadOnlyList<CommandEntry> NetworkGroup() =>
    [
        new("connect", "Connect a container to a network", static () => new NetworkConnectCommand()),
        new("create", "Create a network", static () => new NetworkCreateCommand()),
        new("disconnect", "Disconnect a container from a network", static () => new NetworkDisconnectCommand()),
        new("inspect", "Display detailed information on one or more networks", static () => new InspectCommand("network")),
        new("ls", "List networks", static () => new NetworkListCommand()) { OtherNames = ["list"] },
        new("prune", "Remove all unused networks", static () => new NetworkPruneCommand()),
        new("rm", "Remove one or more networks", static () => new NetworkRemoveCommand()) { OtherNames = ["remove"] },
    ];

    private static IReadOnlyList<CommandEntry> RegistryGroup() =>
    [
        new("gc", "Remove what nothing in a registry names any more", static () => new RegistryCollectCommand()),
        new("repos", "List the repositories of a registry", static () => new RegistryRepositoriesCommand()),
        new("rm", "Remove tags or manifests from a registry", static () => new RegistryRemoveCommand()),
        new("serve", "Serve a registry", static () => new DaemonVerbCommand("serve", "serve [OPTIONS]", "Serve a registry")),
        new("tags", "List the tags of a repository", static () => new RegistryTagsCommand()),
        new("user", "Manage the users of a registry", static () => new DaemonVerbCommand("user", "user add|rm|ls [OPTIONS] [NAME]", "Manage the users of a registry")),
    ];

    private static IReadOnlyList<CommandEntry> SystemGroup() =>
    [
        new("df", "Show docker disk usage", static () => new DiskUsageCommand()),
        Events, Info,
        new("prune", "Remove unused data", static () => new SystemPruneCommand()),
    ];

    private static IReadOnlyList<CommandEntry> VolumeGroup() =>
    [
        new("create", "Create a volume", static () => new VolumeCreateCommand()),
        new("inspect", "Display detailed information on one or more volumes", static () => new InspectCommand("volume")),
        new("ls", "List volumes", static () => new VolumeListCommand()) { OtherNames = ["list"] },
        new("prune", "Remove unused local volumes", static () => new VolumePruneCommand()),
        new("rm", "Remove one or more volumes", static () => new VolumeRemoveCommand()) { OtherNames = ["remove"] },
    ];
}
