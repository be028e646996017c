using Boreal.Api.Networks;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Networks;

internal sealed class NetworkListCommand : Command
{
    private const string Table = "table {{.ID}}\\t{{.Name}}\\t{{.Driver}}\\t{{.Scope}}";

    private const string Raw = "network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n";

    private readonly ListFlag _filters;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _noTruncate;
    private readonly ValueFlag<bool> _quiet;

    public NetworkListCommand()
    {
        _filters = Filters.AddTo(Flags, 'f', "Provide filter values (e.g. \"driver=bridge\")");
        _format = Flags.Add(FormatOption.Create());
        _noTruncate = Flags.Switch("no-trunc", '\0', "Do not truncate the output");
        _quiet = Flags.Switch("quiet", 'q', "Only display network IDs");
    }

    public override string Usage => "ls [OPTIONS]";

    public override string Summary => "List networks";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Aliases => ["network ls", "network list"];

    public override IReadOnlyList<string> Examples => ["boreal network ls --filter driver=bridge", "boreal network ls --format '{{.Name}}: {{.Labels}}'"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var networks = await context.Client.Networks.ListAsync(Filters.Read(_filters), cancellationToken);
        var sorted = networks.Order(Comparer<NetworkInspect>.Create((left, right) => NaturalOrder.Compare(left.Name, right.Name)));
        await new Listing(NetworkColumns.Create(!_noTruncate.Value), Format()).WriteAsync(context, sorted, Table);
        return ExitCodes.Success;
    }

    private string Format() => _format.Value switch
    {
        "" or "table" when _quiet.Value => "{{.ID}}",
        "raw" => _quiet.Value ? "network_id: {{.ID}}" : Raw,
        var format => format,
    };
}
