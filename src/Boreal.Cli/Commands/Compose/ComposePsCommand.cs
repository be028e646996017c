using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposePsCommand : ComposeCommand
{
    private const string Table = "table {{.Name}}\\t{{.Image}}\\t{{.Command}}\\t{{.Service}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}";

    private static readonly string[] States = ["paused", "restarting", "removing", "running", "dead", "created", "exited"];

    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<string> _filter;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _noTruncate;
    private readonly ValueFlag<bool> _orphans;
    private readonly ValueFlag<bool> _quiet;
    private readonly ValueFlag<bool> _services;
    private readonly ListFlag _status;

    public ComposePsCommand()
    {
        _all = Flags.Switch("all", 'a', "Show all stopped containers (including those created by the run command)");
        _filter = Flags.Text("filter", '\0', "Filter services by a property (supported filters: status).");
        _format = Flags.Add(FormatOption.Create());
        _noTruncate = Flags.Switch("no-trunc", '\0', "Don't truncate output");
        _orphans = Flags.Switch("orphans", '\0', "Include orphaned services (not declared by project)", start: true);
        _quiet = Flags.Switch("quiet", 'q', "Only display IDs");
        _services = Flags.Switch("services", '\0', "Display services");
        _status = Flags.Add(new ListFlag("status", '\0', $"Filter services by status. Values: [{string.Join(" | ", States)}]") { ValueName = "stringArray" });
    }

    public override string Usage => "ps [OPTIONS] [SERVICE...]";

    public override string Summary => "List containers";

    public override IReadOnlyList<string> Examples => ["boreal compose ps -a", "boreal compose ps --status exited --format json"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (scope, states) = (await ScopeAsync(context, arguments), Wanted());
        var isAll = _all.Value || states.Count > 0;
        var containers = (await ProjectContainers.ListAsync(context, scope.Name, arguments, isAll, cancellationToken))
            .Where(container => _all.Value || !ProjectContainers.IsOneOff(container))
            .Where(container => states.Count is 0 || states.Contains(container.State))
            .Where(container => _orphans.Value || scope.Project?.Services.Has(ProjectContainers.ServiceOf(container)) is not false);
        if (_services.Value)
        {
            foreach (var service in containers.Select(ProjectContainers.ServiceOf).Distinct(StringComparer.Ordinal)) await context.Out.WriteLineAsync(service);
        }
        else if (_quiet.Value)
        {
            foreach (var container in containers) await context.Out.WriteLineAsync(container.Id);
        }
        else await new Listing(ProjectColumns.Create(!_noTruncate.Value, context.Clock), _format.Value).WriteAsync<ContainerSummary>(context, containers, Table);
        return ExitCodes.Success;
    }

    private List<string> Wanted()
    {
        if (_filter.Value.Length is 0) return [.. _status.Values];
        var parts = _filter.Value.Split('=', 2);
        if (parts.Length < 2) throw new CommandFailedException("arguments to --filter should be in form KEY=VAL");
        return parts[0] switch
        {
            "status" => [.. _status.Values, parts[1]],
            "source" => throw new CommandFailedException("filtering by source is not supported: filter by status"),
            var other => throw new CommandFailedException($"unknown filter {other}"),
        };
    }
}
