using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;
using Boreal.Client.Containers;
using Boreal.Client.Errors;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeLogsCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _follow;
    private readonly ValueFlag<long> _index;
    private readonly ValueFlag<bool> _noColor;
    private readonly ValueFlag<bool> _noPrefix;
    private readonly ValueFlag<string> _since;
    private readonly ValueFlag<string> _tail;
    private readonly ValueFlag<bool> _timestamps;
    private readonly ValueFlag<string> _until;

    public ComposeLogsCommand()
    {
        _follow = Flags.Switch("follow", 'f', "Follow log output.");
        _index = Flags.Integer("index", '\0', "index of the container if service has multiple replicas");
        _noColor = Flags.Switch("no-color", '\0', "Produce monochrome output.");
        _noPrefix = Flags.Switch("no-log-prefix", '\0', "Don't print prefix in logs.");
        _since = Flags.Text("since", '\0', "Show logs since timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)");
        _tail = Flags.Text("tail", 'n', "Number of lines to show from the end of the logs for each container.", "all");
        _timestamps = Flags.Switch("timestamps", 't', "Show timestamps.");
        _until = Flags.Text("until", '\0', "Show logs before a timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)");
    }

    public override string Usage => "logs [OPTIONS] [SERVICE...]";

    public override string Summary => "View output from containers";

    public override IReadOnlyList<string> Examples => ["boreal compose logs -f web", "boreal compose logs --tail 20 --index 2 web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var query = new LogQuery
        {
            Follow = _follow.Value, Tail = _tail.Value, Since = Timestamps.Parse(_since.Value, context.Clock), Until = Timestamps.Parse(_until.Value, context.Clock),
        };
        var scope = await ScopeAsync(context, arguments);
        var containers = (await ProjectContainers.ListAsync(context, scope.Name, arguments, all: true, cancellationToken))
            .Where(container => _index.Value is 0 || ProjectContainers.Number(container) == _index.Value).ToList();
        using var lines = new LogLines(context, scope.Name, new LogFormat(!_noPrefix.Value, _timestamps.Value, !_noColor.Value));
        lines.Reserve(containers.Select(ProjectContainers.Name));
        await Task.WhenAll(containers.Select(container => ShowAsync(context, container, lines, query, cancellationToken)));
        return ExitCodes.Success;
    }

    private async Task ShowAsync(CliContext context, ContainerSummary container, LogLines lines, LogQuery query, CancellationToken cancellationToken)
    {
        var name = ProjectContainers.Name(container);
        try
        {
            await lines.ShowAsync(container.Id, name, query, cancellationToken);
        }
        catch (ApiException problem)
        {
            await context.Error.WriteLineAsync($"warning: can't retrieve logs for \"{name}\": {problem.Message}");
            return;
        }

        if (!_follow.Value || _until.Value.Length > 0 || container.State is not "running") return;
        var state = (await context.Client.Containers.InspectAsync(container.Id, cancellationToken)).State;
        if (!state.Running) await lines.SayAsync($"{lines.Short(name)} exited with code {state.ExitCode}", cancellationToken);
    }
}
