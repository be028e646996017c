using System.Text.Json;
using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeImagesCommand : ComposeCommand
{
    private const int LeastWidth = 20;
    private const string None = "<none>";

    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _quiet;

    public ComposeImagesCommand()
    {
        _format = Flags.Text("format", '\0', "Format the output. Values: [table | json]", "table");
        _quiet = Flags.Switch("quiet", 'q', "Only display IDs");
    }

    public override string Usage => "images [OPTIONS] [SERVICE...]";

    public override string Summary => "List images used by the created containers";

    public override IReadOnlyList<string> Examples => ["boreal compose images", "boreal compose images -q web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (isJson, name) = (ListFormat.IsJson(_format.Value), await NameAsync(context));
        var containers = await ProjectContainers.ListAsync(context, name, arguments, all: true, cancellationToken);
        var rows = (await Task.WhenAll(containers.Select(container => RowAsync(context, container, cancellationToken)))).ToList();
        if (_quiet.Value)
        {
            foreach (var id in rows.Select(row => row.Id["sha256:".Length..]).Distinct(StringComparer.Ordinal)) await context.Out.WriteLineAsync(id);
        }
        else if (isJson) await context.Out.WriteLineAsync(JsonRows.Write(writer => rows.ForEach(row => row.Write(writer))));
        else await context.Out.WriteAsync(Table(rows));
        return ExitCodes.Success;
    }

    private static string Table(IEnumerable<Row> rows) => TabTable.Align(string.Concat(rows
        .Select(row => $"{row.Container}\t{row.Repository}\t{row.Tag}\t{Texts.ShortId(row.Id)}\t{Units.Size(row.Size, 3)}\n").Prepend("CONTAINER\tREPOSITORY\tTAG\tIMAGE ID\tSIZE\n")), LeastWidth);

    private static async Task<Row> RowAsync(CliContext context, ContainerSummary container, CancellationToken cancellationToken)
    {
        using var image = JsonDocument.Parse(await context.Client.Images.InspectRawAsync(container.ImageID, cancellationToken));
        var names = image.RootElement.TryGetProperty("RepoTags", out var tags) && tags.ValueKind is JsonValueKind.Array ? tags.EnumerateArray().Select(tag => tag.GetString()).OfType<string>().ToList() : [];
        // The name its service gave, where the image still has it.
        var asked = ImageReference.TryParse(container.Image, out var given) ? given?.WithDefaultTag() : null;
        var name = names.Find(candidate => candidate == asked?.Familiar) ?? names.FirstOrDefault();
        var reference = name is null ? null : ImageReference.Parse(name);
        return new Row(container.ImageID, ProjectContainers.Name(container), reference?.FamiliarName ?? None, reference?.Tag ?? None, image.RootElement.GetProperty("Size").GetInt64());
    }

    private sealed record Row(string Id, string Container, string Repository, string Tag, long Size)
    {
        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString("ID", Id);
            writer.WriteString("ContainerName", Container);
            writer.WriteString(nameof(Repository), Repository);
            writer.WriteString(nameof(Tag), Tag);
            writer.WriteNumber(nameof(Size), Size);
            writer.WriteEndObject();
        }
    }
}
