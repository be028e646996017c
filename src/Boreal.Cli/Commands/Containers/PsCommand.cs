using Boreal.Api.Containers;
using Boreal.Client.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Cli.Templates;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Containers;

internal sealed class PsCommand : Command
{
    private const string Table = "table {{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}\\t{{.Names}}";

    private const string Raw =
        "container_id: {{.ID}}\nimage: {{.Image}}\ncommand: {{.Command}}\ncreated_at: {{.CreatedAt}}\nstate: {{- pad .State 1 0}}\n"
        + "status: {{- pad .Status 1 0}}\nnames: {{.Names}}\nlabels: {{- pad .Labels 1 0}}\nports: {{- pad .Ports 1 0}}\n";

    private readonly ValueFlag<bool> _all;
    private readonly ListFlag _filters;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<long> _last;
    private readonly ValueFlag<bool> _latest;
    private readonly ValueFlag<bool> _noTruncate;
    private readonly ValueFlag<bool> _quiet;
    private readonly ValueFlag<bool> _size;

    public PsCommand()
    {
        _all = Flags.Switch("all", 'a', "Show all containers (default shows just running)");
        _filters = Filters.AddTo(Flags, 'f', "Filter output based on conditions provided");
        _format = Flags.Add(FormatOption.Create());
        _last = Flags.Integer("last", 'n', "Show n last created containers (includes all states)", -1);
        _latest = Flags.Switch("latest", 'l', "Show the latest created container (includes all states)");
        _noTruncate = Flags.Switch("no-trunc", '\0', "Don't truncate output");
        _quiet = Flags.Switch("quiet", 'q', "Only display container IDs");
        _size = Flags.Switch("size", 's', "Display total file sizes");
    }

    public override string Usage => "ps [OPTIONS]";

    public override string Summary => "List containers";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Aliases => ["container ls", "container list", "container ps", "ps"];

    public override IReadOnlyList<string> Examples => ["boreal ps -a --filter status=exited", "boreal ps --format '{{.Names}}: {{.Status}}'", "boreal ps --format json"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var format = _format.Value;
        if (format.Length is 0) format = context.Configuration.PsFormat;
        else if (_quiet.Value) await context.Error.WriteLineAsync("WARNING: Ignoring custom format, because both --format and --quiet are set.");
        var needsSize = !_quiet.Value && !_size.IsGiven && format.Contains(".Size", StringComparison.Ordinal);
        var query = new ContainerListQuery
        {
            All = _all.Value,
            Limit = _latest.Value && _last.Value is -1 ? 1 : (int)Math.Max(0, _last.Value),
            Size = _size.Value || needsSize,
            Filters = Filters.Read(_filters),
        };
        var columns = ContainerColumns.Create(!_noTruncate.Value, context.Clock);
        Check(format, columns);
        var containers = await context.Client.Containers.ListAsync(query, cancellationToken);
        var table = query.Size ? Table + "\\t{{.Size}}" : Table;
        var listing = new Listing(columns, _quiet.Value ? format is "raw" ? "container_id: {{.ID}}" : "{{.ID}}" : format is "raw" ? Raw : format);
        await listing.WriteAsync(context, containers, table);
        return ExitCodes.Success;
    }

    /// <summary>A wrong template is refused before the daemon is asked, also when there would be nothing to show.</summary>
    private static void Check(string format, Columns columns)
    {
        if (format.Length is 0) return;
        try
        {
            var template = Template.Parse(Listing.Resolve(format, Table).Template);
            try
            {
                template.Render(new RowValue(columns, new ContainerSummary()));
            }
            catch (TemplateException problem)
            {
                throw new CommandFailedException($"failed to execute template: {problem.Message}");
            }
        }
        catch (TemplateException problem)
        {
            throw new CommandFailedException($"failed to parse template: {problem.Message}");
        }
    }
}
