using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class RemoveCommand : Command
{
    private readonly ValueFlag<bool> _force;
    private readonly ValueFlag<bool> _link;
    private readonly ValueFlag<bool> _volumes;

    public RemoveCommand()
    {
        _force = Flags.Switch("force", 'f', "Force the removal of a running container (uses SIGKILL)");
        _link = Flags.Switch("link", 'l', "Remove the specified link");
        _volumes = Flags.Switch("volumes", 'v', "Remove anonymous volumes associated with the container");
    }

    public override string Usage => "rm [OPTIONS] CONTAINER [CONTAINER...]";

    public override string Summary => "Remove one or more containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container rm", "container remove", "rm"];

    public override IReadOnlyList<string> Examples => ["boreal rm web", "boreal rm -f $(boreal ps -aq)"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (problems, failed) = (new List<string>(), false);
        foreach (var name in arguments)
        {
            try
            {
                var container = name.Trim('/');
                if (container.Length is 0) throw new CommandFailedException("container name cannot be empty");
                await context.Client.Containers.RemoveAsync(container, _force.Value, _volumes.Value, _link.Value, cancellationToken);
                await context.Out.WriteLineAsync(name);
                await context.Out.FlushAsync(cancellationToken);
            }
            catch (ApiException problem)
            {
                problems.Add(problem.Message);
                // Forced, what is not there counts as removed.
                failed |= !_force.Value || problem.Status is not 404;
            }
        }

        if (problems.Count > 0) await context.Error.WriteLineAsync(string.Join('\n', problems));
        return failed ? ExitCodes.Failure : ExitCodes.Success;
    }
}
