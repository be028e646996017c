using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Networks;

internal sealed class NetworkRemoveCommand : Command
{
    private readonly ValueFlag<bool> _force;

    public NetworkRemoveCommand() => _force = Flags.Switch("force", 'f', "Do not error if the network does not exist");

    public override string Usage => "rm NETWORK [NETWORK...]";

    public override string Summary => "Remove one or more networks";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["network rm", "network remove"];

    public override IReadOnlyList<string> Examples => ["boreal network rm app"];

    public override string ArgumentNoun => "network";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var failed = false;
        foreach (var name in arguments)
        {
            try
            {
                await context.Client.Networks.RemoveAsync(name, cancellationToken);
                await context.Out.WriteLineAsync(name);
                await context.Out.FlushAsync(cancellationToken);
            }
            catch (ApiException problem) when (!_force.Value || problem.Status is not 404)
            {
                await context.Error.WriteLineAsync(problem.Message);
                failed = true;
            }
            catch (ApiException)
            {
                // Forced, what is not there counts as removed.
            }
        }

        return failed ? ExitCodes.Failure : ExitCodes.Success;
    }
}
