using System.Runtime.InteropServices;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Compose.Watching;
using Boreal.Cli.Session;
using Boreal.Compose.Planning;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeWatchCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _noUp;
    private readonly ValueFlag<bool> _quiet;

    public ComposeWatchCommand()
    {
        _noUp = Flags.Switch("no-up", '\0', "Do not build & start services before watching");
        _quiet = Flags.Switch("quiet", '\0', "hide build output");
    }

    public override string Usage => "watch [OPTIONS] [SERVICE...]";

    public override string Summary => "Watch build context for service and rebuild/refresh containers when files are updated";

    public override IReadOnlyList<string> Examples => ["boreal compose watch", "boreal compose watch --no-up web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var project = await LoadAsync(context, arguments);
        // Wrong rules are told before anything is built.
        WatchTrigger.Of(project, arguments);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            if (!_noUp.Value)
            {
                var start = new ProjectStart(context, project, Steps(context), new PlanOptions { Targets = arguments, Builds = true });
                await start.RunAsync(await start.PlanAsync(stop.Token), stop.Token);
            }

            await new ProjectWatch(context, project, Steps(context)) { IsQuiet = _quiet.Value }.RunAsync(arguments, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.SignalOffset + 2;
        }

        return ExitCodes.Success;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
