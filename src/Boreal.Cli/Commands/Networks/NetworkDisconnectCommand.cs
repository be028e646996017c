using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Networks;

internal sealed class NetworkDisconnectCommand : Command
{
    private readonly ValueFlag<bool> _force;

    public NetworkDisconnectCommand() => _force = Flags.Switch("force", 'f', "Force the container to disconnect from a network");

    public override string Usage => "disconnect [OPTIONS] NETWORK CONTAINER";

    public override string Summary => "Disconnect a container from a network";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(2);

    public override IReadOnlyList<string> Examples => ["boreal network disconnect app web"];

    public override string ArgumentNoun => "network";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await context.Client.Networks.DisconnectAsync(arguments[0], arguments[1], _force.Value, cancellationToken);
        return ExitCodes.Success;
    }
}
