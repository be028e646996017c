using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class TopCommand : Command
{
    private const int LeastWidth = 20;

    public override string Usage => "top CONTAINER [ps OPTIONS]";

    public override string Summary => "Display the running processes of a container";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container top", "top"];

    public override IReadOnlyList<string> Examples => ["boreal top web", "boreal top web -o pid,comm"];

    public override bool OptionsAnywhere => false;

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var top = await context.Client.Containers.TopAsync(arguments[0], [.. arguments.Skip(1)], cancellationToken);
        var lines = top.Processes.Prepend(top.Titles).Select(cells => string.Join('\t', cells) + "\n");
        await context.Out.WriteAsync(TabTable.Align(string.Concat(lines), LeastWidth));
        return ExitCodes.Success;
    }
}
