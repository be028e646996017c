using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class PauseCommand : Command
{
    public override string Usage => "pause CONTAINER [CONTAINER...]";

    public override string Summary => "Pause all processes within one or more containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container pause", "pause"];

    public override string ArgumentNoun => "container";

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        context.ForEachAsync(arguments, name => context.Client.Containers.PauseAsync(name, cancellationToken));
}
