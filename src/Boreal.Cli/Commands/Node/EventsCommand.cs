using System.Globalization;
using System.Text.Json;
using Boreal.Api.Node;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;
using Boreal.Cli.Templates;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Node;

internal sealed class EventsCommand : Command
{
    private const int BadFormat = 64;

    private readonly ListFlag _filters;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<string> _since;
    private readonly ValueFlag<string> _until;

    public EventsCommand()
    {
        _filters = Filters.AddTo(Flags, 'f', "Filter output based on conditions provided");
        _format = Flags.Add(FormatOption.Create('\0', "Format output using a custom template: 'json': in JSON format, 'TEMPLATE': a Go template"));
        _since = Flags.Text("since", '\0', "Show all events created since timestamp");
        _until = Flags.Text("until", '\0', "Stream events until this timestamp");
    }

    public override string Usage => "events [OPTIONS]";

    public override string Summary => "Get real time events from the server";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Aliases => ["system events", "events"];

    public override IReadOnlyList<string> Examples => ["boreal events --filter type=container", "boreal events --since 10m --until 0s --format json"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var template = Parse();
        var events = context.Client.Node.EventsAsync(
            Timestamps.Parse(_since.Value, context.Clock), Timestamps.Parse(_until.Value, context.Clock), Filters.Read(_filters), cancellationToken);
        await foreach (var message in events)
        {
            await context.Out.WriteLineAsync(template is null ? Line(message, context.Clock) : template.Render(JsonValues.Typed(message, NodeJsonContext.Default.EventMessage)));
            await context.Out.FlushAsync(cancellationToken);
        }

        return ExitCodes.Success;
    }

    private Template? Parse()
    {
        if (_format.Value.Length is 0) return null;
        try
        {
            var template = Template.Parse(_format.Value is "json" ? "{{json .}}" : _format.Value);
            using var empty = JsonDocument.Parse("{\"Actor\":{\"Attributes\":{}}}");
            template.Render(JsonValues.Typed(empty.RootElement, NodeJsonContext.Default.EventMessage));
            return template;
        }
        catch (TemplateException problem)
        {
            throw new CommandFailedException($"Error parsing format: {problem.Message}", BadFormat);
        }
    }

    internal static string Line(JsonElement message, TimeProvider clock)
    {
        var actor = message.Object("Actor");
        var attributes = actor.Object("Attributes");
        var pairs = attributes.ValueKind is JsonValueKind.Object
            ? attributes.EnumerateObject().Select(pair => $"{pair.Name}={pair.Value.GetString()}").Order(StringComparer.Ordinal).ToList() : [];
        var tail = pairs.Count > 0 ? $" ({string.Join(", ", pairs)})" : "";
        return $"{Time(message.Number("timeNano"), clock)} {message.Text("Type")} {message.Text("Action")} {actor.Text("ID")}{tail}";
    }

    private static string Time(long nanoseconds, TimeProvider clock)
    {
        var time = DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);
        var local = TimeZoneInfo.ConvertTime(time, clock.LocalTimeZone);
        var zone = local.Offset == TimeSpan.Zero ? "Z" : local.ToString("zzz", CultureInfo.InvariantCulture);
        return local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "." + (nanoseconds % 1_000_000_000).ToString("d9", CultureInfo.InvariantCulture) + zone;
    }
}
