using Boreal.Api.Containers;
using Boreal.Cli.Attaching;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class AttachCommand : Command
{
    private readonly ValueFlag<string> _detachKeys;
    private readonly ValueFlag<bool> _noStdin;
    private readonly ValueFlag<bool> _signalProxy;

    public AttachCommand()
    {
        _detachKeys = Flags.Text("detach-keys", '\0', "Override the key sequence for detaching a container");
        _noStdin = Flags.Switch("no-stdin", '\0', "Do not attach STDIN");
        _signalProxy = Flags.Switch("sig-proxy", '\0', "Proxy all received signals to the process", start: true);
    }

    public override string Usage => "attach [OPTIONS] CONTAINER";

    public override string Summary => "Attach local standard input, output, and error streams to a running container";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["container attach", "attach"];

    public override IReadOnlyList<string> Examples => ["boreal attach shell      # ctrl-p ctrl-q detaches", "boreal attach --no-stdin web"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var containers = context.Client.Containers;
        var container = await RunningAsync(context, arguments[0], cancellationToken);
        RunCommand.CheckTerminal(context, !_noStdin.Value, container.Config.Tty);
        var waiting = await containers.BeginWaitAsync(container.Id, null, cancellationToken);
        var tty = container.Config.Tty;
        var choice = new StreamChoice(!_noStdin.Value && container.Config.OpenStdin, true, true, tty,
            _detachKeys.Value.Length > 0 ? _detachKeys.Value : context.Configuration.DetachKeys);
        using var signals = _signalProxy.Value && !tty ? new SignalForwarding(name => containers.KillAsync(container.Id, name, CancellationToken.None)) : null;
        await using var streams = new AttachedStreams(context, await containers.AttachAsync(container.Id, RunCommand.Query(choice), cancellationToken), choice);
        // It may have ended between the look and the attach; an attach to a stopped container would wait for ever.
        await RunningAsync(context, container.Id, cancellationToken);
        if (tty && context.Terminal.Size is { } size)
        {
            // A program redraws its prompt when the size changes, so it is changed twice.
            await containers.ResizeAsync(container.Id, (ushort)(size.Rows + 1), (ushort)(size.Columns + 1), cancellationToken);
        }

        using var window = tty && context.Terminal.OutputIsTerminal
            ? new WindowFollowing(context, (rows, columns) => containers.ResizeAsync(container.Id, rows, columns, CancellationToken.None)) : null;
        if (await streams.RunAsync(cancellationToken) is AttachOutcome.Detached) throw new CommandFailedException("read escape sequence");
        var exit = await waiting;
        return exit.Error is { } error ? throw new CommandFailedException(error.Message) : (int)exit.StatusCode;
    }

    private static async Task<ContainerInspect> RunningAsync(CliContext context, string name, CancellationToken cancellationToken)
    {
        var container = await context.Client.Containers.InspectAsync(name, cancellationToken);
        return container.State switch
        {
            { Running: false } => throw new CommandFailedException("You cannot attach to a stopped container, start it first"),
            { Paused: true } => throw new CommandFailedException("You cannot attach to a paused container, unpause it first"),
            { Restarting: true } => throw new CommandFailedException("You cannot attach to a restarting container, wait until it is running"),
            _ => container,
        };
    }
}
