using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Cli.Templates;
using Boreal.Cli.Templates.Values;
using Boreal.Notation;

namespace Boreal.Cli.Commands;

/// <summary>Inspects objects of one kind, or whatever bears the name: as JSON, or by a template over the known shape and then over the raw JSON.</summary>
internal sealed class InspectCommand : Command
{
    private readonly string _fixedType;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool>? _more;
    private readonly ValueFlag<string>? _type;

    public InspectCommand(string type = "")
    {
        _fixedType = type;
        _format = Flags.Add(FormatOption.Create('f', "Format output using a custom template: 'json': in JSON format, 'TEMPLATE': a Go template"));
        if (type is "network") _more = Flags.Switch("verbose", 'v', "Verbose output for diagnostics");
        else if (type is "" or "container") _more = Flags.Switch("size", 's', "Display total file sizes if the type is container");
        if (type is "") _type = Flags.Text("type", '\0', "Only inspect objects of the given type");
    }

    public override string Usage => _fixedType is ""
        ? "inspect [OPTIONS] NAME|ID [NAME|ID...]"
        : $"inspect [OPTIONS] {_fixedType.ToUpperInvariant()} [{_fixedType.ToUpperInvariant()}...]";

    public override string Summary => _fixedType is "" ? "Return low-level information on Docker objects" : $"Display detailed information on one or more {_fixedType}s";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Examples => _fixedType switch
    {
        "image" => ["boreal image inspect -f '{{.Config.Cmd}}' busybox"],
        "network" => ["boreal network inspect app", "boreal network inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{end}}' app"],
        "volume" => ["boreal volume inspect data", "boreal volume inspect -f '{{.Mountpoint}}' data"],
        _ => ["boreal inspect web", "boreal inspect -f '{{.State.Status}} {{.NetworkSettings.IPAddress}}' web"],
    };

    public override string ArgumentNoun => _fixedType is "" ? "container" : _fixedType;

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var type = _type is { } flag ? flag.Value : _fixedType;
        var kinds = InspectedKind.All.Where(kind => type.Length is 0 || kind.Name == type).ToList();
        if (kinds.Count is 0)
            throw new CommandFailedException(type is "node" or "service" or "task" or "plugin" or "secret" or "config"
                ? $"boreal has no objects of type {type} yet" : $"unknown type: {GoText.Quote(type)}: must be one of \"config\", \"container\", \"image\", \"network\", \"node\", \"plugin\", \"secret\", \"service\", \"task\", \"volume\"");
        var template = Parse();
        var (found, problems, output) = (new List<byte[]>(), new List<string>(), "");
        foreach (var name in arguments)
        {
            try
            {
                var (json, shape) = await FindAsync(context, name, kinds, cancellationToken);
                found.Add(json);
                if (_format.Value is "json") output += (output.Length > 0 ? "," : "") + CompactJson.Of(JsonDocument.Parse(json).RootElement);
                else if (template is not null) output += Render(template, json, shape) + "\n";
            }
            catch (Exception problem) when (problem is ApiException or CommandFailedException)
            {
                problems.Add(problem.Message);
            }
            catch (TemplateException problem)
            {
                output += "\n";
                problems.Add($"template parsing error: {problem.Message}");
            }
        }

        if (_format.Value is "json") output = $"[{output}]\n";
        await context.Out.WriteAsync(template is null ? JsonIndent.Indent(Join(found)) + "\n" : output.Length > 0 ? output : "\n");
        return problems.Count is 0 ? ExitCodes.Success : throw await WithOutputAsync(context, problems);
    }

    private static async Task<CommandFailedException> WithOutputAsync(CliContext context, List<string> problems)
    {
        await context.Out.FlushAsync();
        return new CommandFailedException(string.Join('\n', problems));
    }

    private Template? Parse()
    {
        if (_format.Value.Length is 0) return null;
        try
        {
            return Template.Parse(_format.Value is "json" ? "{{json .}}" : _format.Value);
        }
        catch (TemplateException problem)
        {
            throw new CommandFailedException($"template parsing error: {problem.Message}", 64);
        }
    }

    private async Task<(byte[] Json, JsonTypeInfo Shape)> FindAsync(
        CliContext context, string name, List<InspectedKind> kinds, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds)
        {
            try
            {
                var read = _more is { Value: true } && kind.ReadMoreAsync is { } more ? more : kind.ReadAsync;
                return (await read(context.Client, name, cancellationToken), kind.Shape);
            }
            catch (ApiException problem) when (kinds.Count > 1 && problem.Status is 404)
            {
                // Perhaps something of another kind has the name.
            }
        }

        throw new CommandFailedException($"Error: No such object: {name}");
    }

    private static string Render(Template template, byte[] json, JsonTypeInfo shape)
    {
        using var document = JsonDocument.Parse(json);
        try
        {
            return template.Render(JsonValues.Typed(document.RootElement, shape));
        }
        catch (TemplateException)
        {
            // A field the shape does not know may be in the daemon's answer all the same.
            return template.Render(JsonValues.Raw(document.RootElement));
        }
    }

    private static byte[] Join(List<byte[]> documents)
    {
        using var all = new MemoryStream();
        all.WriteByte((byte)'[');
        for (var i = 0; i < documents.Count; i++)
        {
            if (i > 0) all.WriteByte((byte)',');
            all.Write(documents[i]);
        }

        all.WriteByte((byte)']');
        return all.ToArray();
    }
}
