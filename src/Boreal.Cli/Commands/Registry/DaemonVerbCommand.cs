using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Linux.Processes;

namespace Boreal.Cli.Commands.Registry;

/// <summary>A verb that is boreald's own: this process becomes boreald, which reads the words after it.</summary>
internal sealed class DaemonVerbCommand(string verb, string usage, string summary) : Command
{
    private const string Daemon = "boreald";

    public override string Usage => usage;

    public override string Summary => summary;

    public override ArgumentCount Arguments => ArgumentCount.Any;

    public override bool ReadsOptions => false;

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await context.Out.FlushAsync(cancellationToken);
        ProgramReplacement.Become(Locate(), [Daemon, "registry", verb, .. arguments]);
        return ExitCodes.Failure;
    }

    /// <summary>Beside this program, where packages put it, or on the path.</summary>
    private static string Locate() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Prepend(AppContext.BaseDirectory)
            .Select(folder => Path.Combine(folder, Daemon))
            .FirstOrDefault(File.Exists)
        ?? throw new CommandFailedException($"{Daemon} is neither beside this program nor in $PATH: install it");
}
