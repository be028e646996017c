using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Options;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class RestartCommand : Command
{
    private readonly StopOptions _options;

    public RestartCommand() => _options = new StopOptions(Flags);

    public override string Usage => "restart [OPTIONS] CONTAINER [CONTAINER...]";

    public override string Summary => "Restart one or more containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container restart", "restart"];

    public override IReadOnlyList<string> Examples => ["boreal restart web", "boreal restart -t 30 db"];

    public override string ArgumentNoun => "container";

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        context.ForEachAsync(arguments, name => context.Client.Containers.RestartAsync(name, _options.Signal, _options.Timeout, cancellationToken));
}
