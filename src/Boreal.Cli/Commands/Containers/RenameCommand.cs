using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class RenameCommand : Command
{
    public override string Usage => "rename CONTAINER NEW_NAME";

    public override string Summary => "Rename a container";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(2);

    public override IReadOnlyList<string> Aliases => ["container rename", "rename"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (old, name) = (arguments[0].Trim(), arguments[1].Trim());
        if (old.Length is 0 || name.Length is 0) throw new CommandFailedException("Error: Neither old nor new names may be empty");
        try
        {
            await context.Client.Containers.RenameAsync(old, name, cancellationToken);
            return ExitCodes.Success;
        }
        catch (ApiException problem)
        {
            await context.Error.WriteLineAsync(problem.Message);
            throw new CommandFailedException($"Error: failed to rename container named {old}");
        }
    }
}
