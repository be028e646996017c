using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeRemoveCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _force;
    private readonly ValueFlag<bool> _stop;
    private readonly ValueFlag<bool> _volumes;

    public ComposeRemoveCommand()
    {
        Flags.Add(new ValueFlag<bool>("all", 'a', "Deprecated - no effect", false, bool.Parse) { ValueWhenBare = "true", IsHidden = true });
        _force = Flags.Switch("force", 'f', "Don't ask to confirm removal");
        _stop = Flags.Switch("stop", 's', "Stop the containers, if required, before removing");
        _volumes = Flags.Switch("volumes", 'v', "Remove any anonymous volumes attached to containers");
    }

    public override string Usage => "rm [OPTIONS] [SERVICE...]";

    public override string Summary => "Removes stopped service containers";

    public override IReadOnlyList<string> Examples => ["boreal compose rm -f", "boreal compose rm --stop --force worker"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (scope, steps) = (await ScopeAsync(context, arguments), Steps(context));
        if (_stop.Value) await new ServiceVerb(context, scope, steps).RunAsync("stop", arguments, null, cancellationToken);
        var containers = (await ProjectContainers.OfServicesAsync(context, scope.Name, arguments, all: true, cancellationToken))
            .Where(container => steps.IsDry && _stop.Value || !IsUp(container)).ToList();
        if (containers.Count is 0)
        {
            await context.Error.WriteLineAsync("No stopped containers");
            return ExitCodes.Success;
        }

        var question = $"Going to remove {string.Join(", ", containers.Select(ProjectContainers.Name))}";
        if (_force.Value) await context.Out.WriteLineAsync(question);
        else if (!await context.ConfirmAsync(question)) return ExitCodes.Success;
        await Task.WhenAll(containers.Select(container => steps.RunAsync(
            $"Container {ProjectContainers.Name(container)}", "Removing", "Removed",
            () => context.Client.Containers.RemoveAsync(container.Id, force: true, volumes: _volumes.Value, cancellationToken: cancellationToken))));
        return ExitCodes.Success;
    }

    private static bool IsUp(ContainerSummary container) => container.State is "running" or "paused" or "restarting";
}
