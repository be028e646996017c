using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class DownCommand : ComposeCommand
{
    private readonly ValueFlag<string> _images;
    private readonly ValueFlag<bool> _removeOrphans;
    private readonly ValueFlag<long> _timeout;
    private readonly ValueFlag<bool> _volumes;

    public DownCommand()
    {
        _removeOrphans = Flags.Switch("remove-orphans", '\0', "Remove containers for services not defined in the Compose file");
        _images = Flags.Text("rmi", '\0', "Remove images used by services. \"local\" remove only images that don't have a custom tag (\"local\"|\"all\")");
        _timeout = Flags.Integer("timeout", 't', "Specify a shutdown timeout in seconds");
        _volumes = Flags.Switch("volumes", 'v', "Remove named volumes declared in the \"volumes\" section of the Compose file and anonymous volumes attached to containers");
    }

    public override string Usage => "down [OPTIONS]";

    public override string Summary => "Stop and remove containers, networks";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal compose down", "boreal compose -p shop down --volumes", "boreal compose down --rmi local"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (_images.Value is not ("" or "all" or "local")) throw new CommandFailedException($"invalid value for --rmi: \"{_images.Value}\"");
        var removal = new ProjectRemoval(context, await ScopeAsync(context, []), Steps(context))
        {
            Timeout = _timeout.IsGiven ? (int)_timeout.Value : null, TakesVolumes = _volumes.Value, TakesOrphans = _removeOrphans.Value, Images = _images.Value,
        };
        await removal.RunAsync(cancellationToken);
        return ExitCodes.Success;
    }
}
