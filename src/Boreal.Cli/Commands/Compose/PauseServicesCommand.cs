using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

/// <summary><c>pause</c> and <c>unpause</c>.</summary>
internal sealed class PauseServicesCommand(bool pauses) : ComposeCommand
{
    public override string Usage => pauses ? "pause [SERVICE...]" : "unpause [SERVICE...]";

    public override string Summary => pauses ? "Pause services" : "Unpause services";

    public override IReadOnlyList<string> Examples => [$"boreal compose {(pauses ? "pause" : "unpause")} worker"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (scope, steps, containers) = (await ScopeAsync(context, arguments), Steps(context), context.Client.Containers);
        var found = await ProjectContainers.OfServicesAsync(context, scope.Name, arguments, all: false, cancellationToken);
        await Task.WhenAll(found.Select(container => steps.RunAsync(
            $"Container {ProjectContainers.Name(container)}", "", pauses ? "Paused" : "Unpaused",
            () => pauses ? containers.PauseAsync(container.Id, cancellationToken) : containers.UnpauseAsync(container.Id, cancellationToken))));
        return ExitCodes.Success;
    }
}
