using System.Globalization;
using System.Text.Json;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Images;

internal sealed class HistoryCommand : Command
{
    private const int CreatedByWidth = 45;
    private const string Human = "table {{.ID}}\\t{{.CreatedSince}}\\t{{.CreatedBy}}\\t{{.Size}}\\t{{.Comment}}";
    private const string Exact = "table {{.ID}}\\t{{.CreatedAt}}\\t{{.CreatedBy}}\\t{{.Size}}\\t{{.Comment}}";

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _human;
    private readonly ValueFlag<bool> _noTruncate;
    private readonly ValueFlag<bool> _quiet;

    public HistoryCommand()
    {
        _format = Flags.Add(FormatOption.Create());
        _human = Flags.Switch("human", 'H', "Print sizes and dates in human readable format", start: true);
        _noTruncate = Flags.Switch("no-trunc", '\0', "Don't truncate output");
        _quiet = Flags.Switch("quiet", 'q', "Only show image IDs");
    }

    public override string Usage => "history [OPTIONS] IMAGE";

    public override string Summary => "Show the history of an image";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["image history", "history"];

    public override string ArgumentNoun => "image";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var history = await context.Client.Images.HistoryAsync(arguments[0], cancellationToken);
        var format = _format.Value is "" or "table" && _quiet.Value ? "{{.ID}}" : _format.Value;
        await new Listing(Columns(context.Clock), format).WriteAsync(context, history.Items(), _human.Value ? Human : Exact);
        return ExitCodes.Success;
    }

    private TypedColumns<JsonElement> Columns(TimeProvider clock) => new TypedColumns<JsonElement>("*image.historyContext")
        .Add("Comment", "COMMENT", step => step.Text("Comment"))
        .Add("CreatedAt", "CREATED AT", step => Exactly(step, clock))
        .Add("CreatedBy", "CREATED BY", CreatedBy)
        .Add("CreatedSince", "CREATED", step => !_human.Value ? Exactly(step, clock) : Created(step) <= Epoch ? "N/A" : Units.Duration(clock.GetUtcNow() - Created(step)) + " ago")
        .Add("ID", "IMAGE", step => _noTruncate.Value ? step.Text("Id") : Texts.ShortId(step.Text("Id")))
        .Add("Size", "SIZE", step => _human.Value ? Units.Size(step.Number("Size"), 3) : step.Number("Size").ToString(CultureInfo.InvariantCulture));

    private string CreatedBy(JsonElement step)
    {
        var text = step.Text("CreatedBy").Replace('\t', ' ');
        return _noTruncate.Value ? text : Texts.Ellipsis(text, CreatedByWidth);
    }

    private static DateTimeOffset Created(JsonElement step) => DateTimeOffset.FromUnixTimeSeconds(step.Number("Created"));

    private static string Exactly(JsonElement step, TimeProvider clock)
    {
        var local = TimeZoneInfo.ConvertTime(Created(step), clock.LocalTimeZone);
        return local.ToString(local.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }
}
