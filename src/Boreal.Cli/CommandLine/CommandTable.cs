using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Commands.Node;

namespace Boreal.Cli.CommandLine;

/// <summary>Every command there is, by name. A command object is made when it is called and not before.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<CommandEntry> All { get; } =
    [
        new("run", "Create and run a new container from an image", static () => new RunCommand()) { IsFrequent = true },
        new("exec", "Execute a command in a running container", static () => new ExecCommand()) { IsFrequent = true },
        new("create", "Create a new container", static () => new CreateCommand()),
        new("start", "Start one or more stopped containers", static () => new StartCommand()),
        new("attach", "Attach local standard input, output, and error streams to a running container", static () => new AttachCommand()),
        new("version", "Show the Boreal version information", static () => new VersionCommand()),
    ];
}
