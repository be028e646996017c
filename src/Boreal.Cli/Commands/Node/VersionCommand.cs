using System.Runtime.InteropServices;
using System.Text;
using Boreal.Api.Node;
using Boreal.Client;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Cli.Templates;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Node;

internal sealed class VersionCommand : Command
{
    private const int BadFormat = 64;

    private readonly ValueFlag<string> _format;

    public VersionCommand() =>
        _format = Flags.Add(FormatOption.Create('f', "Format output using a custom template: 'json': in JSON format, 'TEMPLATE': a Go template"));

    public override string Usage => "version [OPTIONS]";

    public override string Summary => "Show the Boreal version information";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal version --format '{{.Server.Version}}'"];

    private static string Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        var other => other.ToString().ToLowerInvariant(),
    };

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var template = Parse();
        // A template that names only the client needs no daemon.
        var needsServer = template is null || _format.Value is "json" || !_format.Value.Contains(".Client.", StringComparison.Ordinal) || _format.Value.Contains(".Server", StringComparison.Ordinal);
        var (server, problem) = needsServer ? await ServerAsync(context, cancellationToken) : (null, null);
        var text = template is null ? Text(context.Client, server) : Render(template, context, server) + "\n";
        await context.Out.WriteAsync(text);
        await context.Out.FlushAsync(cancellationToken);
        return problem is null ? ExitCodes.Success : throw problem;
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
            throw new CommandFailedException($"template parsing error: {problem.Message}", BadFormat);
        }
    }

    private static async Task<(VersionResponse?, Exception?)> ServerAsync(CliContext context, CancellationToken cancellationToken)
    {
        try
        {
            return (await context.Client.Node.VersionAsync(cancellationToken), null);
        }
        catch (Exception problem) when (problem is Boreal.Client.Errors.DaemonUnreachableException or Boreal.Client.Errors.ApiException)
        {
            return (null, problem);
        }
    }

    private static string Render(Template template, CliContext context, VersionResponse? server)
    {
        try
        {
            return template.Render(new MapValue([KeyValuePair.Create<string, Value>("Client", Client(context.Client)), KeyValuePair.Create("Server", Server(server))]) { IsStrict = true });
        }
        catch (TemplateException problem)
        {
            throw new CommandFailedException($"template parsing error: {problem.Message}");
        }
    }

    private static MapValue Client(BorealClient client) => new MapValue(new Dictionary<string, Value>
    {
        ["Platform"] = new MapValue(new Dictionary<string, Value> { ["Name"] = new TextValue("Boreal") }),
        ["Version"] = new TextValue(ProductVersion.Text),
        ["ApiVersion"] = new TextValue(client.ApiVersion ?? BorealClient.NewestApiVersion),
        ["DefaultAPIVersion"] = new TextValue(BorealClient.NewestApiVersion),
        ["GitCommit"] = TextValue.Empty,
        ["GoVersion"] = TextValue.Empty,
        ["Os"] = new TextValue("linux"),
        ["Arch"] = new TextValue(Architecture),
        ["BuildTime"] = TextValue.Empty,
        ["Context"] = new TextValue("default"),
    }) { IsStrict = true };

    private static Value Server(VersionResponse? server)
    {
        if (server is null) return NilValue.Pointer;
        using var json = System.Text.Json.JsonSerializer.SerializeToDocument(server, NodeJsonContext.Default.VersionResponse);
        return JsonValues.Typed(json.RootElement.Clone(), NodeJsonContext.Default.VersionResponse);
    }

    private static string Text(BorealClient client, VersionResponse? server)
    {
        var negotiated = client.ApiVersion is { } used && used != BorealClient.NewestApiVersion ? $" (downgraded from {BorealClient.NewestApiVersion})" : "";
        var text = new StringBuilder("Client:\n");
        Row(text, 1, "Version:", 20, ProductVersion.Text);
        Row(text, 1, "API version:", 20, (client.ApiVersion ?? BorealClient.NewestApiVersion) + negotiated);
        Row(text, 1, "OS/Arch:", 20, $"linux/{Architecture}");
        Row(text, 1, "Daemon:", 20, client.Address.Text);
        if (server is null) return text.ToString();
        text.Append("\nServer:").Append(server.Platform is { Name.Length: > 0 } platform ? $" {platform.Name}" : "").Append('\n');
        foreach (var component in server.Components ?? [])
        {
            text.Append(' ').Append(component.Name).Append(":\n");
            Row(text, 2, "Version:", 20, component.Version);
            foreach (var (name, value) in Details(component)) Row(text, 2, name + ":", 20, value);
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Details(VersionComponent component)
    {
        var details = component.Details ?? new Dictionary<string, string>();
        if (component.Name is not "Engine") return details.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value));
        string Of(string name) => details.GetValueOrDefault(name) ?? "";
        return
        [
            ("API version", $"{Of("ApiVersion")} (minimum version {Of("MinAPIVersion")})"),
            ("Git commit", Of("GitCommit")),
            ("Built", Of("BuildTime")),
            ("OS/Arch", $"{Of("Os")}/{Of("Arch")}"),
            ("Experimental", Of("Experimental")),
        ];
    }

    private static void Row(StringBuilder text, int indent, string name, int column, string value) =>
        text.Append(' ', indent).Append(name.PadRight(column - indent)).Append(value).Append('\n');
}
