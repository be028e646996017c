using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Apps;

internal sealed class AppRollbackCommand : Command
{
    private readonly ValueFlag<bool> _detach;

    public AppRollbackCommand() => _detach = Flags.Switch("detach", 'd', "Do not wait until it is done");

    public override string Usage => "rollback [OPTIONS] [APP/]SERVICE";

    public override string Summary => "Bring the previous revision of a service back";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["app rollback"];

    public override IReadOnlyList<string> Examples => ["boreal app rollback shop/web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (app, service) = await ServiceName.ResolveAsync(context.Client.Apps, arguments[0], cancellationToken);
        await context.Client.Apps.RollBackAsync(app, service, cancellationToken: cancellationToken);
        if (!_detach.Value)
            await ServiceWait.ConvergedAsync(context, app, service, cancellationToken);
        return ExitCodes.Success;
    }
}
