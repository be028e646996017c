using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class UnpauseCommand : Command
{
    public override string Usage => "unpause CONTAINER [CONTAINER...]";

    public override string Summary => "Unpause all processes within one or more containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container unpause", "unpause"];

    public override string ArgumentNoun => "container";

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        context.ForEachAsync(arguments, name => context.Client.Containers.UnpauseAsync(name, cancellationToken));
}
