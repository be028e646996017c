using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeCreateCommand : ComposeCommand
{
    private readonly StartFlags _start;

    public ComposeCreateCommand() => _start = new StartFlags(Flags);

    public override string Usage => "create [OPTIONS] [SERVICE...]";

    public override string Summary => "Creates containers for a service";

    public override IReadOnlyList<string> Examples => ["boreal compose create", "boreal compose create --build web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        _start.Check();
        var project = await LoadAsync(context, arguments);
        var start = new ProjectStart(context, project, Steps(context), _start.Options(project) with { Targets = arguments }) { PullsQuietly = _start.PullsQuietly };
        await new ProjectCreation(context, project, Steps(context)).RunAsync(start, await start.PlanAsync(cancellationToken), cancellationToken);
        return ExitCodes.Success;
    }
}
