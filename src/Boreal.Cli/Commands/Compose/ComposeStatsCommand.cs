using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeStatsCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _noStream;
    private readonly ValueFlag<bool> _noTruncate;

    public ComposeStatsCommand()
    {
        _all = Flags.Switch("all", 'a', "Show all containers (default shows just running)");
        _format = Flags.Add(FormatOption.Create());
        _noStream = Flags.Switch("no-stream", '\0', "Disable streaming stats and only pull the first result");
        _noTruncate = Flags.Switch("no-trunc", '\0', "Do not truncate output");
    }

    public override string Usage => "stats [OPTIONS] [SERVICE]";

    public override string Summary => "Display a live stream of container(s) resource usage statistics";

    public override ArgumentCount Arguments => new(0, 1);

    public override IReadOnlyList<string> Examples => ["boreal compose stats --no-stream", "boreal compose stats web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var scope = await ScopeAsync(context, arguments);
        var containers = await ProjectContainers.OfServicesAsync(context, scope.Name, arguments, _all.Value, cancellationToken);
        if (containers.Count is 0) throw new CommandFailedException($"no containers to show for project \"{scope.Name}\"");
        var words = new List<string>();
        if (_noStream.Value) words.Add("--no-stream");
        if (_noTruncate.Value) words.Add("--no-trunc");
        if (_format.IsGiven) words.AddRange(["--format", _format.Value]);
        var stats = new StatsCommand();
        return await stats.RunAsync(context, stats.Flags.Parse([.. words, .. containers.Select(container => container.Id)], anywhere: true), cancellationToken);
    }
}
