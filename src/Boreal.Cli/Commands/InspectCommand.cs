using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Api.Containers;
using Boreal.Api.Images;
using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Cli.Templates;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands;

/// <summary>Inspects containers, images or whatever bears the name: as JSON, or by a template over the known shape and then over the raw JSON.</summary>
internal sealed class InspectCommand : Command
{
    private readonly string _fixedType;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool>? _size;
    private readonly ValueFlag<string>? _type;

    public InspectCommand(string type = "")
    {
        _fixedType = type;
        _format = Flags.Add(FormatOption.Create('f', "Format output using a custom template: 'json': in JSON format, 'TEMPLATE': a Go template"));
        if (type is not "image") _size = Flags.Switch("size", 's', "Display total file sizes if the type is container");
        if (type is "") _type = Flags.Text("type", '\0', "Only inspect objects of the given type");
    }

    public override string Usage => _fixedType switch
    {
        "container" => "inspect [OPTIONS] CONTAINER [CONTAINER...]",
        "image" => "inspect [OPTIONS] IMAGE [IMAGE...]",
        _ => "inspect [OPTIONS] NAME|ID [NAME|ID...]",
    };

    public override string Summary => _fixedType switch
    {
        "container" => "Display detailed information on one or more containers",
        "image" => "Display detailed information on one or more images",
        _ => "Return low-level information on Docker objects",
    };

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Examples => ["boreal inspect web", "boreal inspect -f '{{.State.Status}} {{.NetworkSettings.IPAddress}}' web"];

    public override string ArgumentNoun => _fixedType is "image" ? "image" : "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var type = _type is { } flag ? flag.Value : _fixedType;
        if (type is not ("" or "container" or "image"))
            throw new CommandFailedException(type is "network" or "volume" or "node" or "service" or "task" or "plugin" or "secret" or "config"
                ? $"boreal has no objects of type {type} yet" : $"unknown type: {Escapes.Quote(type)}: must be one of \"config\", \"container\", \"image\", \"network\", \"node\", \"plugin\", \"secret\", \"service\", \"task\", \"volume\"");
        var template = Parse();
        var (found, problems, output) = (new List<byte[]>(), new List<string>(), "");
        foreach (var name in arguments)
        {
            try
            {
                var (json, shape) = await FindAsync(context, name, type, cancellationToken);
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

    private async Task<(byte[] Json, JsonTypeInfo Shape)> FindAsync(CliContext context, string name, string type, CancellationToken cancellationToken)
    {
        if (type is not "image")
        {
            try
            {
                var json = await context.Client.Containers.InspectRawAsync(name, _size?.Value ?? false, cancellationToken);
                return (json, ContainersJsonContext.Default.ContainerInspect);
            }
            catch (ApiException problem) when (type is "" && problem.Status is 404)
            {
                // Perhaps an image has the name.
            }
        }

        try
        {
            return (await context.Client.Images.InspectRawAsync(name, cancellationToken), ImagesJsonContext.Default.ImageInspect);
        }
        catch (ApiException problem) when (type is "" && problem.Status is 404)
        {
            throw new CommandFailedException($"Error: No such object: {name}");
        }
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
