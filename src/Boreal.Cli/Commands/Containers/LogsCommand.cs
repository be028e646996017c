using Boreal.Client.Containers;
using Boreal.Client.Streams;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class LogsCommand : Command
{
    private readonly ValueFlag<bool> _details;
    private readonly ValueFlag<bool> _follow;
    private readonly ValueFlag<string> _since;
    private readonly ValueFlag<string> _tail;
    private readonly ValueFlag<bool> _timestamps;
    private readonly ValueFlag<string> _until;

    public LogsCommand()
    {
        _details = Flags.Switch("details", '\0', "Show extra details provided to logs");
        _follow = Flags.Switch("follow", 'f', "Follow log output");
        _since = Flags.Text("since", '\0', "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 minutes)");
        _tail = Flags.Text("tail", 'n', "Number of lines to show from the end of the logs", "all");
        _timestamps = Flags.Switch("timestamps", 't', "Show timestamps");
        _until = Flags.Text("until", '\0', "Show logs before a timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 minutes)");
    }

    public override string Usage => "logs [OPTIONS] CONTAINER";

    public override string Summary => "Fetch the logs of a container";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["container logs", "logs"];

    public override IReadOnlyList<string> Examples => ["boreal logs -f --tail 100 web", "boreal logs --since 10m -t web"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var container = await context.Client.Containers.InspectAsync(arguments[0], cancellationToken);
        var query = new LogQuery
        {
            Follow = _follow.Value,
            Details = _details.Value,
            Timestamps = _timestamps.Value,
            Tail = _tail.Value,
            Since = Time("since", _since.Value, context.Clock),
            Until = Time("until", _until.Value, context.Clock),
        };
        await using var logs = await context.Client.Containers.LogsAsync(container.Id, query, cancellationToken);
        if (container.Config.Tty) await logs.Content.CopyToAsync(context.OutStream, cancellationToken);
        else await StdioDemultiplexer.CopyAsync(logs.Content.ReadAsync, context.OutStream, context.ErrorStream, cancellationToken);
        return ExitCodes.Success;
    }

    private static string? Time(string option, string text, TimeProvider clock)
    {
        try
        {
            return Timestamps.Parse(text, clock);
        }
        catch (FormatException problem)
        {
            throw new CommandFailedException($"invalid value for \"{option}\": {problem.Message}");
        }
    }
}
