using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeAttachCommand : ComposeCommand
{
    private readonly ValueFlag<string> _detachKeys;
    private readonly ValueFlag<long> _index;
    private readonly ValueFlag<bool> _noStdin;
    private readonly ValueFlag<bool> _signalProxy;

    public ComposeAttachCommand()
    {
        _detachKeys = Flags.Text("detach-keys", '\0', "Override the key sequence for detaching from a container.");
        _index = Flags.Integer("index", '\0', "index of the container if service has multiple replicas.");
        _noStdin = Flags.Switch("no-stdin", '\0', "Do not attach STDIN");
        _signalProxy = Flags.Switch("sig-proxy", '\0', "Proxy all received signals to the process", start: true);
    }

    public override string Usage => "attach [OPTIONS] SERVICE";

    public override string Summary => "Attach local standard input, output, and error streams to a service's running container";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Examples => ["boreal compose attach --index 2 shell", "boreal compose attach --no-stdin web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var container = await ProjectContainers.OneAsync(context, await NameAsync(context), arguments[0], (int)_index.Value, cancellationToken);
        var words = new List<string> { $"--sig-proxy={(_signalProxy.Value ? "true" : "false")}" };
        if (_noStdin.Value) words.Add("--no-stdin");
        if (_detachKeys.IsGiven) words.AddRange(["--detach-keys", _detachKeys.Value]);
        var attach = new AttachCommand();
        return await attach.RunAsync(context, attach.Flags.Parse([.. words, container.Id], anywhere: true), cancellationToken);
    }
}
