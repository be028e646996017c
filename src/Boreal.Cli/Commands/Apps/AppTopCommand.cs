using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Apps;

internal sealed class AppTopCommand : Command
{
    private const string Table =
        "table {{.App}}\\t{{.Name}}\\t{{.Replicas}}\\t{{.CPUPerc}}\\t{{.MemUsage}}\\t{{.Connections}}\\t{{.Requests}}\\t{{.P50}}\\t{{.P95}}\\t{{.Decision}}";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _noStream;

    public AppTopCommand()
    {
        _format = Flags.Add(FormatOption.Create());
        _noStream = Flags.Switch("no-stream", '\0', "Show the figures of one second, and end");
    }

    public override string Usage => "top [OPTIONS] [APP]";

    public override string Summary => "Display what services use and do, live; q ends it";

    public override ArgumentCount Arguments => new(0, 1);

    public override IReadOnlyList<string> Aliases => ["app top"];

    public override IReadOnlyList<string> Examples => ["boreal app top", "boreal app top --no-stream --format json shop"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var app = arguments is [var name] ? name : null;
        var listing = new Listing(UsageRow.Columns(), _format.Value);
        if (_noStream.Value)
        {
            var window = new UsageWindow();
            window.Add(await context.Client.Apps.UsageAsync(app, cancellationToken));
            await Task.Delay(Interval, context.Clock, cancellationToken);
            await listing.WriteAsync(context, window.Add(await context.Client.Apps.UsageAsync(app, cancellationToken)), Table);
            return ExitCodes.Success;
        }
        if (!context.Terminal.OutputIsTerminal)
        {
            await FollowAsync(context, app, listing, text => text, cancellationToken);
            return ExitCodes.Success;
        }
        await using var screen = await LiveScreen.OpenAsync(context, cancellationToken);
        await FollowAsync(context, app, listing, LiveScreen.Frame, screen.Left);
        return ExitCodes.Success;
    }

    /// <summary>Until the token is cancelled, which is an ordinary end.</summary>
    private static async Task FollowAsync(CliContext context, string? app, Listing listing, Func<string, string> frame, CancellationToken left)
    {
        var window = new UsageWindow();
        using var timer = new PeriodicTimer(Interval, context.Clock);
        try
        {
            do
            {
                var rows = window.Add(await context.Client.Apps.UsageAsync(app, left));
                await context.Out.WriteAsync(frame(listing.Render(rows, Table, context.Terminal.Size?.Columns)));
                await context.Out.FlushAsync(left);
            }
            while (await timer.WaitForNextTickAsync(left));
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The person has seen enough.
        }
    }
}
