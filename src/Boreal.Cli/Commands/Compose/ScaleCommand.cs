using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ScaleCommand : ComposeCommand
{
    public override string Usage => "scale SERVICE=REPLICAS...";

    public override string Summary => "Scale services";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Examples => ["boreal compose scale web=5"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (name, scales) = (await NameAsync(context), ServiceScales.Parse(arguments));
        foreach (var (service, replicas) in scales) await context.Client.Apps.ScaleAsync(name, service, replicas, cancellationToken);
        await new ConvergenceWait(context, name, [.. scales.Keys], failsWithTasks: false).RunAsync(cancellationToken);
        return ExitCodes.Success;
    }
}
