using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Node;

internal sealed class VersionCommand : Command
{
    public override string Usage => "version [OPTIONS]";

    public override string Summary => "Show the Boreal version information";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var version = await context.Client.Node.VersionAsync(cancellationToken);
        await context.Out.WriteLineAsync(version.Version);
        return 0;
    }
}
