using System.Text.Json;
using Boreal.Api.Node;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Cli.Templates;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Node;

internal sealed class InfoCommand : Command
{
    private readonly ValueFlag<string> _format;

    public InfoCommand() =>
        _format = Flags.Add(FormatOption.Create('f', "Format output using a custom template: 'json': in JSON format, 'TEMPLATE': a Go template"));

    public override string Usage => "info [OPTIONS]";

    public override string Summary => "Display system-wide information";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Aliases => ["system info", "info"];

    public override IReadOnlyList<string> Examples => ["boreal info --format '{{.NCPU}} {{.MemTotal}}'"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (_format.Value.Length > 0)
        {
            await context.Out.WriteLineAsync(Render(Parse(), await context.Client.Node.DescribeAsync(cancellationToken)));
            return ExitCodes.Success;
        }

        await context.Out.WriteAsync($"Client:\n Version:    {ProductVersion.Text}\n Daemon:     {context.Client.Address.Text}\n Debug Mode: {(context.Options.Debug.Value ? "true" : "false")}\n\nServer:\n");
        await context.Out.FlushAsync(cancellationToken);
        var node = await context.Client.Node.DescribeAsync(cancellationToken);
        await context.Out.WriteAsync(NodeReport.Write(node) + "\n");
        await context.Out.FlushAsync(cancellationToken);
        foreach (var warning in node.Texts("Warnings")) await context.Error.WriteLineAsync(warning);
        return ExitCodes.Success;
    }

    private Template Parse()
    {
        try
        {
            return Template.Parse(_format.Value is "json" ? "{{json .}}" : _format.Value);
        }
        catch (TemplateException problem)
        {
            throw new CommandFailedException($"template parsing error: {problem.Message}", 64);
        }
    }

    private static string Render(Template template, JsonElement node)
    {
        try
        {
            return template.Render(JsonValues.Typed(node, NodeJsonContext.Default.InfoResponse));
        }
        catch (TemplateException)
        {
            try
            {
                return template.Render(JsonValues.Raw(node));
            }
            catch (TemplateException problem)
            {
                throw new CommandFailedException($"template parsing error: {problem.Message}");
            }
        }
    }
}
