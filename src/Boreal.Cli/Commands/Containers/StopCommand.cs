using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Options;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class StopCommand : Command
{
    private readonly StopOptions _options;

    public StopCommand() => _options = new StopOptions(Flags);

    public override string Usage => "stop [OPTIONS] CONTAINER [CONTAINER...]";

    public override string Summary => "Stop one or more running containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container stop", "stop"];

    public override IReadOnlyList<string> Examples => ["boreal stop web", "boreal stop -t 30 db"];

    public override string ArgumentNoun => "container";

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        context.ForEachAsync(arguments, name => context.Client.Containers.StopAsync(name, _options.Signal, _options.Timeout, cancellationToken));
}
