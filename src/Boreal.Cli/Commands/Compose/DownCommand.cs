using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Client;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

internal sealed class DownCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _removeOrphans;
    private readonly ValueFlag<long> _timeout;
    private readonly ValueFlag<bool> _volumes;

    public DownCommand()
    {
        _removeOrphans = Flags.Switch("remove-orphans", '\0', "Remove containers for services not defined in the Compose file");
        _timeout = Flags.Integer("timeout", 't', "Specify a shutdown timeout in seconds");
        _volumes = Flags.Switch("volumes", 'v', "Remove named volumes declared in the \"volumes\" section of the Compose file and anonymous volumes attached to containers");
    }

    public override string Usage => "down [OPTIONS]";

    public override string Summary => "Stop and remove containers, networks";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal compose down", "boreal compose -p shop down --volumes"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var name = await NameAsync(context);
        await RemoveServicesAsync(context, name, cancellationToken);
        foreach (var container in await ProjectContainers.ListAsync(context, name, [], all: true, cancellationToken))
        {
            await context.Client.Containers.RemoveAsync(container.Id, force: true, volumes: _volumes.Value, cancellationToken: cancellationToken);
            await context.Error.WriteLineAsync($" Container {ProjectContainers.Name(container)}  Removed");
        }

        var mine = new FilterQuery().Add("label", $"{ComposeLabels.Project}={name}");
        foreach (var network in await context.Client.Networks.ListAsync(mine, cancellationToken))
        {
            await context.Client.Networks.RemoveAsync(network.Id, cancellationToken);
            await context.Error.WriteLineAsync($" Network {network.Name}  Removed");
        }

        if (!_volumes.Value) return ExitCodes.Success;
        foreach (var volume in (await context.Client.Volumes.ListAsync(mine, cancellationToken)).Volumes ?? [])
        {
            await context.Client.Volumes.RemoveAsync(volume.Name, cancellationToken: cancellationToken);
            await context.Error.WriteLineAsync($" Volume {volume.Name}  Removed");
        }

        return ExitCodes.Success;
    }

    private async Task RemoveServicesAsync(CliContext context, string name, CancellationToken cancellationToken)
    {
        var left = (await new ProjectObserver(context).ServicesAsync(name, cancellationToken)).Keys.ToHashSet(StringComparer.Ordinal);
        if (left.Count is 0) return;
        var isAsked = false;
        await foreach (var service in context.Client.Apps.WatchAsync(name, cancellationToken))
        {
            // Asked only once the stream is there: what is gone before it starts is never told.
            if (!isAsked) await context.Client.Apps.RemoveAsync(name, _volumes.Value, _timeout.IsGiven ? (int)_timeout.Value : null, cancellationToken);
            isAsked = true;
            if (service.Gone && left.Remove(service.Name)) await context.Error.WriteLineAsync($" Service {service.Name}  Removed");
            if (left.Count is 0) return;
        }
    }
}
