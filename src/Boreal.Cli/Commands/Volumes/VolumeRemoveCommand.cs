using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Volumes;

internal sealed class VolumeRemoveCommand : Command
{
    private readonly ValueFlag<bool> _force;

    public VolumeRemoveCommand() => _force = Flags.Switch("force", 'f', "Force the removal of one or more volumes");

    public override string Usage => "rm [OPTIONS] VOLUME [VOLUME...]";

    public override string Summary => "Remove one or more volumes. You cannot remove a volume that is in use by a container.";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["volume rm", "volume remove"];

    public override IReadOnlyList<string> Examples => ["boreal volume rm data", "boreal volume rm -f data cache"];

    public override string ArgumentNoun => "volume";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var name in arguments)
        {
            try
            {
                await context.Client.Volumes.RemoveAsync(name, _force.Value, cancellationToken);
                await context.Out.WriteLineAsync(name);
            }
            catch (ApiException problem)
            {
                problems.Add(problem.Message);
            }
        }

        if (problems.Count is 0) return ExitCodes.Success;
        await context.Out.FlushAsync(cancellationToken);
        throw new CommandFailedException(string.Join('\n', problems));
    }
}
