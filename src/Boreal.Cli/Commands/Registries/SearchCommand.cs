using System.Text.Json;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Credentials;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Cli.Templates.Values;
using Boreal.Client.Images;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Registries;

internal sealed class SearchCommand : Command
{
    private const string Plain = "table {{.Name}}\\t{{.Description}}\\t{{.StarCount}}\\t{{.IsOfficial}}";
    private const int DescriptionWidth = 45;

    private readonly ListFlag _filters;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<long> _limit;
    private readonly ValueFlag<bool> _noTruncate;

    public SearchCommand()
    {
        _filters = Filters.AddTo(Flags, 'f', "Filter output based on conditions provided");
        _format = Flags.Text("format", '\0', "Pretty-print search using a Go template");
        _limit = Flags.Integer("limit", '\0', "Max number of search results");
        _noTruncate = Flags.Switch("no-trunc", '\0', "Don't truncate output");
    }

    public override string Usage => "search [OPTIONS] TERM";

    public override string Summary => "Search a registry for images; Docker Hub where the term names none";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Examples => ["boreal search nginx", "boreal search --filter is-official=true --limit 5 postgres", "boreal search localhost:5000/web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var auth = await AuthAsync(context, arguments[0]);
        var results = (await context.Client.Images.SearchAsync(arguments[0], _limit.Value, Filters.Read(_filters), auth, cancellationToken)).Items();
        var rows = results.OrderByDescending(result => result.Number("star_count"));
        await new Listing(Columns(!_noTruncate.Value), _format.Value).WriteAsync(context, rows, Plain);
        return ExitCodes.Success;
    }

    // A term may be half a name, such as one that ends in a slash.
    private static async Task<RegistryAuth> AuthAsync(CliContext context, string term) =>
        ImageReference.TryParse(term, out var image) && image is not null
            ? await context.Credentials.ForImageAsync(image, context.Error)
            : new RegistryAuth { ServerAddress = RegistryKeys.Hub };

    private static TypedColumns<JsonElement> Columns(bool truncate) => new TypedColumns<JsonElement>("*search.searchContext")
        .Add("Description", "DESCRIPTION", result => Description(result, truncate))
        .Add("IsAutomated", "AUTOMATED", result => result.Truth("is_automated") ? "[OK]" : "")
        .Add("IsOfficial", "OFFICIAL", result => result.Truth("is_official") ? "[OK]" : "")
        .Add("Name", "NAME", result => result.Text("name"))
        .Add("StarCount", "STARS", result => $"{result.Number("star_count")}");

    private static string Description(JsonElement result, bool truncate)
    {
        var text = result.Text("description").Replace('\n', ' ').Replace('\r', ' ');
        return truncate ? Texts.Ellipsis(text, DescriptionWidth) : text;
    }
}
