using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class StopCommand : Command
{
    private readonly ValueFlag<string> _signal;
    private readonly ValueFlag<long> _timeout;

    public StopCommand()
    {
        _signal = Flags.Text("signal", 's', "Signal to send to the container");
        _timeout = Flags.Integer("timeout", 't', "Seconds to wait before killing the container");
        Flags.Add(new ValueFlag<long>("time", '\0', "Seconds to wait before killing the container", 0, text =>
        {
            _timeout.Set(text);
            return 0;
        }) { ValueName = "int", IsHidden = true });
    }

    public override string Usage => "stop [OPTIONS] CONTAINER [CONTAINER...]";

    public override string Summary => "Stop one or more running containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container stop", "stop"];

    public override IReadOnlyList<string> Examples => ["boreal stop web", "boreal stop -t 30 db"];

    public override string ArgumentNoun => "container";

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var signal = _signal.Value.Length > 0 ? _signal.Value : null;
        int? timeout = _timeout.IsGiven ? (int)_timeout.Value : null;
        return context.ForEachAsync(arguments, name => context.Client.Containers.StopAsync(name, signal, timeout, cancellationToken));
    }
}
