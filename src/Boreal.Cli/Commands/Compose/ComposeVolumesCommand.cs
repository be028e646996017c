using Boreal.Api.Volumes;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Volumes;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Client;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeVolumesCommand : ComposeCommand
{
    private const string Table = "table {{.Driver}}\\t{{.Name}}";

    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _quiet;

    public ComposeVolumesCommand()
    {
        _format = Flags.Add(FormatOption.Create());
        _quiet = Flags.Switch("quiet", 'q', "Only display volume names");
    }

    public override string Usage => "volumes [OPTIONS] [SERVICE...]";

    public override string Summary => "List volumes";

    public override IReadOnlyList<string> Examples => ["boreal compose volumes", "boreal compose volumes -q db"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var scope = await ScopeAsync(context, arguments);
        var mine = new FilterQuery().Add("label", $"{ComposeLabels.Project}={scope.Name}");
        IEnumerable<Volume> volumes = (await context.Client.Volumes.ListAsync(mine, cancellationToken)).Volumes ?? [];
        if (arguments.Count > 0)
        {
            var containers = await ProjectContainers.ListAsync(context, scope.Name, arguments, all: true, cancellationToken);
            var used = containers.SelectMany(container => container.Mounts).Select(mount => mount.Name).ToHashSet(StringComparer.Ordinal);
            volumes = volumes.Where(volume => used.Contains(volume.Name));
        }

        var format = _quiet.Value ? "{{.Name}}" : _format.Value;
        await new Listing(VolumeColumns.Create(), format).WriteAsync(context, volumes.OrderBy(volume => volume.Name, StringComparer.Ordinal), Table);
        return ExitCodes.Success;
    }
}
