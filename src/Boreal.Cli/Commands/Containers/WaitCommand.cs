using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class WaitCommand : Command
{
    public override string Usage => "wait CONTAINER [CONTAINER...]";

    public override string Summary => "Block until one or more containers stop, then print their exit codes";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container wait", "wait"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var name in arguments)
        {
            try
            {
                var answer = await await context.Client.Containers.BeginWaitAsync(name, null, cancellationToken);
                await context.Out.WriteLineAsync($"{answer.StatusCode}");
                await context.Out.FlushAsync(cancellationToken);
            }
            catch (ApiException problem)
            {
                problems.Add(problem.Message);
            }
        }

        return problems.Count is 0 ? ExitCodes.Success : throw new CommandFailedException(string.Join('\n', problems));
    }
}
