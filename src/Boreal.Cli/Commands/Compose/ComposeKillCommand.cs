using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeKillCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _removeOrphans;
    private readonly ValueFlag<string> _signal;

    public ComposeKillCommand()
    {
        _removeOrphans = Flags.Switch("remove-orphans", '\0', "Remove containers for services not defined in the Compose file");
        _signal = Flags.Text("signal", 's', "SIGNAL to send to the container", "SIGKILL");
    }

    public override string Usage => "kill [OPTIONS] [SERVICE...]";

    public override string Summary => "Force stop service containers";

    public override IReadOnlyList<string> Examples => ["boreal compose kill web", "boreal compose kill -s SIGHUP proxy"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (scope, steps) = (await ScopeAsync(context, arguments), Steps(context));
        var containers = await ProjectContainers.OfServicesAsync(context, scope.Name, arguments, all: false, cancellationToken);
        if (_removeOrphans.Value && scope.Project is { } project) await new OrphanRemoval(context, project, steps).RunAsync(cancellationToken);
        if (containers.Count is 0) await context.Error.WriteLineAsync("no container to kill");
        await Task.WhenAll(containers.Select(container => steps.RunAsync(
            $"Container {ProjectContainers.Name(container)}", "Killing", "Killed", () => context.Client.Containers.KillAsync(container.Id, _signal.Value, cancellationToken))));
        return ExitCodes.Success;
    }
}
