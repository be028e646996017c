using Boreal.Client.Containers;
using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class StatsCommand : Command
{
    private const string Table =
        "table {{.ID}}\\t{{.Name}}\\t{{.CPUPerc}}\\t{{.MemUsage}}\\t{{.MemPerc}}\\t{{.NetIO}}\\t{{.BlockIO}}\\t{{.PIDs}}";

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstSampleDeadline = TimeSpan.FromSeconds(5);

    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _noStream;
    private readonly ValueFlag<bool> _noTruncate;

    public StatsCommand()
    {
        _all = Flags.Switch("all", 'a', "Show all containers (default shows just running)");
        _format = Flags.Add(FormatOption.Create());
        _noStream = Flags.Switch("no-stream", '\0', "Disable streaming stats and only pull the first result");
        _noTruncate = Flags.Switch("no-trunc", '\0', "Do not truncate output");
    }

    public override string Usage => "stats [OPTIONS] [CONTAINER...]";

    public override string Summary => "Display a live stream of container(s) resource usage statistics";

    public override ArgumentCount Arguments => ArgumentCount.Any;

    public override IReadOnlyList<string> Aliases => ["container stats", "stats"];

    public override IReadOnlyList<string> Examples => ["boreal stats --no-stream", "boreal stats web db"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var format = _format.Value.Length > 0 ? _format.Value : context.Configuration.StatsFormat;
        var listing = new Listing(StatsRow.Columns(!_noTruncate.Value), format);
        if (_noStream.Value)
        {
            var rows = await Task.WhenAll((await NamesAsync(context, arguments, cancellationToken)).Select(name => OnceAsync(context, name, arguments.Count > 0, cancellationToken)));
            await listing.WriteAsync(context, rows.OfType<StatsRow>(), Table);
            return ExitCodes.Success;
        }

        return await FollowAsync(context, arguments, listing, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> NamesAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        arguments.Count > 0 ? arguments
        : [.. (await context.Client.Containers.ListAsync(new ContainerListQuery { All = _all.Value }, cancellationToken)).Select(item => Texts.ShortId(item.Id))];

    private static async Task<StatsRow?> OnceAsync(CliContext context, string name, bool named, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var sample in context.Client.Containers.StatsAsync(name, stream: false, cancellationToken)) return new StatsRow(name, sample);
        }
        catch (ApiException) when (!named)
        {
            return null; // It went away after it was listed.
        }

        return new StatsRow(name, null);
    }

    private async Task<int> FollowAsync(CliContext context, IReadOnlyList<string> arguments, Listing listing, CancellationToken cancellationToken)
    {
        await using var feeds = new StatsFeeds(context);
        var started = context.Clock.GetTimestamp();
        using var timer = new PeriodicTimer(Refresh, context.Clock);
        do
        {
            feeds.Follow(await NamesAsync(context, arguments, cancellationToken), keepEnded: arguments.Count > 0);
            if (feeds.FirstProblem is { } problem && arguments.Count > 0) throw problem;
            if (!feeds.AllHaveSamples && context.Clock.GetElapsedTime(started) < FirstSampleDeadline) continue;
            await ShowAsync(context, listing.Render(feeds.Rows, Table, context.Terminal.Size?.Columns));
        }
        while (await timer.WaitForNextTickAsync(cancellationToken) && !(arguments.Count > 0 && feeds.AllEnded));
        return ExitCodes.Success;
    }

    /// <summary>On a terminal each round is written over the last one.</summary>
    private static async Task ShowAsync(CliContext context, string text)
    {
        if (context.Terminal.OutputIsTerminal) text = "\u001b[H" + text.Replace("\n", "\u001b[K\n", StringComparison.Ordinal) + "\u001b[J";
        await context.Out.WriteAsync(text);
        await context.Out.FlushAsync();
    }
}
