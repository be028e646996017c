using Boreal.Api.Volumes;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Volumes;

internal sealed class VolumeListCommand : Command
{
    private const string Table = "table {{.Driver}}\\t{{.Name}}";

    private const string Raw = "name: {{.Name}}\ndriver: {{.Driver}}\n";

    private readonly ListFlag _filters;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _quiet;

    public VolumeListCommand()
    {
        _filters = Filters.AddTo(Flags, 'f', "Provide filter values (e.g. \"dangling=true\")");
        _format = Flags.Add(FormatOption.Create());
        _quiet = Flags.Switch("quiet", 'q', "Only display volume names");
    }

    public override string Usage => "ls [OPTIONS]";

    public override string Summary => "List volumes";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Aliases => ["volume ls", "volume list"];

    public override IReadOnlyList<string> Examples => ["boreal volume ls --filter dangling=true", "boreal volume ls --format '{{.Name}}: {{.Mountpoint}}'"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Volumes.ListAsync(Filters.Read(_filters), cancellationToken);
        foreach (var warning in answer.Warnings ?? []) await context.Error.WriteLineAsync($"WARNING: {warning}");
        var sorted = (answer.Volumes ?? []).Order(Comparer<Volume>.Create(static (left, right) => NaturalOrder.Compare(left.Name, right.Name)));
        await new Listing(VolumeColumns.Create(), Format()).WriteAsync(context, sorted, Table);
        return ExitCodes.Success;
    }

    private string Format() => _format.Value switch
    {
        "" or "table" when _quiet.Value => "{{.Name}}",
        "raw" => _quiet.Value ? "name: {{.Name}}" : Raw,
        var format => format,
    };
}
