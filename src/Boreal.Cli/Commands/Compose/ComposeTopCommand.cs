using System.Text.Json;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeTopCommand : ComposeCommand
{
    private readonly ValueFlag<string> _format;

    public ComposeTopCommand() => _format = Flags.Text("format", '\0', "Format the output. Values: [table | json]", "table");

    public override string Usage => "top [SERVICE...]";

    public override string Summary => "Display the running processes";

    public override IReadOnlyList<string> Examples => ["boreal compose top web", "boreal compose top --format json"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var name = await NameAsync(context);
        var containers = (await ProjectContainers.ListAsync(context, name, arguments, all: false, cancellationToken)).Where(container => container.State is not "exited").ToList();
        var tops = await Task.WhenAll(containers.Select(container => context.Client.Containers.TopAsync(container.Id, [], cancellationToken)));
        if (ListFormat.IsJson(_format.Value)) await context.Out.WriteLineAsync(JsonRows.Write(writer =>
        {
            foreach (var (container, top) in containers.Zip(tops))
            {
                foreach (var process in top.Processes) WriteProcess(writer, ProjectContainers.Name(container), ProjectContainers.ServiceOf(container), top.Titles.Zip(process));
            }
        }));
        else foreach (var (container, top) in containers.Zip(tops))
        {
            // Rows end with a tab as stock prints them: their last cell is padded, the heading's isn't.
            var rows = top.Processes.Select(cells => string.Concat(cells.Select(cell => cell + "\t"))).Prepend(string.Join('\t', top.Titles));
            await context.Out.WriteAsync($"{ProjectContainers.Name(container)}\n{TabTable.Align(string.Concat(rows.Select(row => row + "\n")), leastWidth: 0)}\n");
        }

        return ExitCodes.Success;
    }

    private static void WriteProcess(Utf8JsonWriter writer, string container, string service, IEnumerable<(string Title, string Cell)> cells)
    {
        writer.WriteStartObject();
        writer.WriteString("Container", container);
        writer.WriteString("Service", service);
        foreach (var (title, cell) in cells) writer.WriteString(title, cell);
        writer.WriteEndObject();
    }
}
