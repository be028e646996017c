using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class RestartCommand : Command
{
    private readonly ValueFlag<string> _signal;
    private readonly ValueFlag<long> _timeout;

    public RestartCommand()
    {
        _signal = Flags.Text("signal", 's', "Signal to send to the container");
        _timeout = Flags.Integer("timeout", 't', "Seconds to wait before killing the container");
        Flags.Add(new ValueFlag<long>("time", '\0', "Seconds to wait before killing the container", 0, text =>
        {
            _timeout.Set(text);
            return 0;
        }) { ValueName = "int", IsHidden = true });
    }

    public override string Usage => "restart [OPTIONS] CONTAINER [CONTAINER...]";

    public override string Summary => "Restart one or more containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container restart", "restart"];

    public override IReadOnlyList<string> Examples => ["boreal restart web", "boreal restart -t 30 db"];

    public override string ArgumentNoun => "container";

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var signal = _signal.Value.Length > 0 ? _signal.Value : null;
        int? timeout = _timeout.IsGiven ? (int)_timeout.Value : null;
        return context.ForEachAsync(arguments, name => context.Client.Containers.RestartAsync(name, signal, timeout, cancellationToken));
    }
}
