using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Apps;

internal sealed class AppRemoveCommand : Command
{
    private readonly ValueFlag<bool> _detach;
    private readonly ValueFlag<bool> _volumes;

    public AppRemoveCommand()
    {
        _detach = Flags.Switch("detach", 'd', "Do not wait until everything is gone");
        _volumes = Flags.Switch("volumes", 'v', "Remove the containers' anonymous volumes too");
    }

    public override string Usage => "rm [OPTIONS] APP [APP...]";

    public override string Summary => "Remove apps: their services and containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["app rm", "app remove"];

    public override IReadOnlyList<string> Examples => ["boreal app rm shop"];

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        context.ForEachAsync(arguments, async app =>
        {
            await context.Client.Apps.RemoveAsync(app, _volumes.Value, cancellationToken: cancellationToken);
            if (!_detach.Value)
                await WaitAsync(context, app, cancellationToken);
        });

    private static async Task WaitAsync(CliContext context, string app, CancellationToken cancellationToken)
    {
        try
        {
            await ServiceWait.GoneAsync(context, app, cancellationToken);
        }
        catch (Client.Errors.ApiException gone) when (gone.Status is 404)
        {
            // Gone before we looked.
        }
    }
}
