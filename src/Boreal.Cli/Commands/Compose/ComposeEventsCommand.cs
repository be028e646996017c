using System.Globalization;
using System.Text.Json;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Client;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeEventsCommand : ComposeCommand
{
    private const string ComposePrefix = "com.docker.compose.";

    private readonly ValueFlag<bool> _json;

    public ComposeEventsCommand() => _json = Flags.Switch("json", '\0', "Output events as a stream of json objects");

    public override string Usage => "events [OPTIONS] [SERVICE...]";

    public override string Summary => "Receive real time events from containers";

    public override IReadOnlyList<string> Examples => ["boreal compose events", "boreal compose events --json web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var name = await NameAsync(context);
        var filters = new FilterQuery().Add("type", "container").Add("label", $"{ComposeLabels.Project}={name}");
        await foreach (var message in context.Client.Node.EventsAsync(null, null, filters, cancellationToken))
        {
            var attributes = message.Object("Actor").Object("Attributes").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "", StringComparer.Ordinal);
            var service = attributes.GetValueOrDefault(ComposeLabels.Service, "");
            if (attributes.GetValueOrDefault(ComposeLabels.OneOff) is "True" || arguments.Count > 0 && !arguments.Contains(service)) continue;
            var shown = attributes.Where(pair => !pair.Key.StartsWith(ComposePrefix, StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
            await context.Out.WriteLineAsync(_json.Value ? Json(message, service, shown) : Line(message, shown, context.Clock));
            await context.Out.FlushAsync(cancellationToken);
        }

        return ExitCodes.Success;
    }

    private static string Line(JsonElement message, IEnumerable<KeyValuePair<string, string>> attributes, TimeProvider clock)
    {
        var time = TimeZoneInfo.ConvertTime(Time(message), clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return $"{time} container {message.Text("Action")} {message.Object("Actor").Text("ID")} ({string.Join(", ", attributes.Select(pair => $"{pair.Key}={pair.Value}"))})";
    }

    private static string Json(JsonElement message, string service, IEnumerable<KeyValuePair<string, string>> attributes) => JsonRows.WriteOne(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("action", message.Text("Action"));
        writer.WriteStartObject("attributes");
        foreach (var (key, value) in attributes) writer.WriteString(key, value);
        writer.WriteEndObject();
        writer.WriteString("id", message.Object("Actor").Text("ID"));
        writer.WriteString("service", service);
        var nanoseconds = (message.Number("timeNano") % 1_000_000_000).ToString("d9", CultureInfo.InvariantCulture).TrimEnd('0');
        writer.WriteString("time", Time(message).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + (nanoseconds.Length > 0 ? $".{nanoseconds}" : "") + "Z");
        writer.WriteString("type", "container");
        writer.WriteEndObject();
    });

    private static DateTimeOffset Time(JsonElement message) => DateTimeOffset.UnixEpoch.AddTicks(message.Number("timeNano") / 100);
}
