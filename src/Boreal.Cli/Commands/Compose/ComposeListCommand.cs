using System.Text.RegularExpressions;
using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Client;
using Boreal.Client.Containers;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Projects as the labels of containers tell them, whoever made these.</summary>
internal sealed class ComposeListCommand : ComposeCommand
{
    private const int LeastWidth = 20;
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private readonly ValueFlag<bool> _all;
    private readonly ListFlag _filters;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _quiet;

    public ComposeListCommand()
    {
        _all = Flags.Switch("all", 'a', "Show all stopped Compose projects");
        _filters = Flags.Add(new ListFlag("filter", '\0', "Filter output based on conditions provided") { ValueName = "filter" });
        _format = Flags.Text("format", '\0', "Format the output. Values: [table | json]", "table");
        _quiet = Flags.Switch("quiet", 'q', "Only display IDs");
    }

    public override string Usage => "ls [OPTIONS]";

    public override string Summary => "List running compose projects";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal compose ls -a", "boreal compose ls --filter name=shop --format json"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (isJson, names) = (ListFormat.IsJson(_format.Value), Names().ToList());
        var filters = new FilterQuery().Add("label", ComposeLabels.Project);
        var containers = await context.Client.Containers.ListAsync(new ContainerListQuery { All = _all.Value, Filters = filters }, cancellationToken);
        var rows = containers.GroupBy(container => Label(container, ComposeLabels.Project)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Where(group => names.TrueForAll(name => name.IsMatch(group.Key))).Select(Row).ToList();
        if (_quiet.Value) foreach (var (name, _, _) in rows) await context.Out.WriteLineAsync(name);
        else if (isJson) await context.Out.WriteLineAsync(JsonRows.Write(writer =>
        {
            foreach (var (name, status, files) in rows)
            {
                writer.WriteStartObject();
                writer.WriteString("Name", name);
                writer.WriteString("Status", status);
                writer.WriteString("ConfigFiles", files);
                writer.WriteEndObject();
            }
        }));
        else await context.Out.WriteAsync(TabTable.Align(string.Concat(rows.Select(row => $"{row.Name}\t{row.Status}\t{row.Files}\n").Prepend("NAME\tSTATUS\tCONFIG FILES\n")), LeastWidth));
        return ExitCodes.Success;
    }

    private IEnumerable<Regex> Names()
    {
        foreach (var filter in _filters.Values.Select(filter => filter.Split('=', 2)))
        {
            if (filter is not ["name", var pattern]) throw new CommandFailedException($"invalid filter '{filter[0]}'");
            yield return new Regex(pattern, RegexOptions.CultureInvariant, PatternTimeout);
        }
    }

    private static (string Name, string Status, string Files) Row(IGrouping<string, ContainerSummary> project)
    {
        var states = project.GroupBy(container => container.State).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}({group.Count()})");
        var files = project.SelectMany(container => Label(container, ComposeLabels.ConfigFiles).Split(',')).Where(file => file.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return (project.Key, string.Join(", ", states), files.Count > 0 ? string.Join(',', files) : "N/A");
    }

    private static string Label(ContainerSummary container, string key) => container.Labels?.GetValueOrDefault(key) ?? "";
}
