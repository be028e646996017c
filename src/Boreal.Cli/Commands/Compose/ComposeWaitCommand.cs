using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeWaitCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _downProject;

    public ComposeWaitCommand() => _downProject = Flags.Switch("down-project", '\0', "Drops project when the first container stops");

    public override string Usage => "wait SERVICE [SERVICE...] [OPTIONS]";

    public override string Summary => "Block until containers of all (or specified) services stop.";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Examples => ["boreal compose wait migrate", "boreal compose wait --down-project tests"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var scope = await ScopeAsync(context, arguments);
        var containers = await ProjectContainers.OfServicesAsync(context, scope.Name, arguments, all: false, cancellationToken);
        if (containers.Count is 0) throw new CommandFailedException($"no containers for project \"{scope.Name}\"");
        var (code, left) = (ExitCodes.Success, new List<Task<(string Id, int Code)>>());
        foreach (var container in containers) left.Add(ExitAsync(container.Id));
        var downs = false;
        while (left.Count > 0)
        {
            var ended = await Task.WhenAny(left);
            left.Remove(ended);
            (var id, code) = await ended;
            await context.Out.WriteLineAsync($"container \"{id}\" exited with status code {code}");
            await context.Out.FlushAsync(cancellationToken);
            if (!_downProject.Value || downs) continue;
            downs = true;
            await new ProjectRemoval(context, scope, Steps(context)).RunAsync(cancellationToken);
        }

        return code;

        async Task<(string Id, int Code)> ExitAsync(string id) =>
            (id, (int)(await await context.Client.Containers.BeginWaitAsync(id, null, cancellationToken)).StatusCode);
    }
}
