using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class KillCommand : Command
{
    private readonly ValueFlag<string> _signal;

    public KillCommand() => _signal = Flags.Text("signal", 's', "Signal to send to the container");

    public override string Usage => "kill [OPTIONS] CONTAINER [CONTAINER...]";

    public override string Summary => "Kill one or more running containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container kill", "kill"];

    public override IReadOnlyList<string> Examples => ["boreal kill web", "boreal kill -s HUP web"];

    public override string ArgumentNoun => "container";

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        context.ForEachAsync(arguments, name => context.Client.Containers.KillAsync(name, _signal.Value.Length > 0 ? _signal.Value : null, cancellationToken));
}
