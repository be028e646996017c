using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Copying;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

/// <summary>In goes to every container of the service, out comes from the first; an index names one.</summary>
internal sealed class ComposeCopyCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<bool> _archive;
    private readonly ValueFlag<bool> _followLink;
    private readonly ValueFlag<long> _index;

    public ComposeCopyCommand()
    {
        _all = Flags.Switch("all", '\0', "Include containers created by the run command");
        _archive = Flags.Switch("archive", 'a', "Archive mode (copy all uid/gid information)");
        _followLink = Flags.Switch("follow-link", 'L', "Always follow symbol link in SRC_PATH");
        _index = Flags.Integer("index", '\0', "Index of the container if service has multiple replicas");
    }

    public override string Usage => "cp [OPTIONS] SERVICE:SRC_PATH DEST_PATH|- | SRC_PATH|- SERVICE:DEST_PATH";

    public override string Summary => "Copy files/folders between a service container and the local filesystem";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(2);

    public override IReadOnlyList<string> Examples => ["boreal compose cp web:/var/log/app.log .", "boreal compose cp --index 2 site/. web:/srv"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (from, to) = (CopyTarget.Parse(arguments[0]), CopyTarget.Parse(arguments[1]));
        if (from.IsLocal && to.IsLocal) throw new CommandFailedException("unknown copy direction: write SERVICE:PATH for one of them");
        if (!from.IsLocal && !to.IsLocal) throw new CommandFailedException("copying between services is not supported");
        var service = from.IsLocal ? to.Container : from.Container;
        var found = await FindAsync(context, await NameAsync(context), service, cancellationToken);
        if (found.Count is 0) throw new CommandFailedException($"no container found for service \"{service}\"{(_index.Value > 0 ? $" with index {_index.Value}" : "")}");
        if (!from.IsLocal) found = [found[0]];
        var steps = Steps(context);
        foreach (var container in found)
        {
            var name = ProjectContainers.Name(container);
            var line = from.IsLocal ? $"{name} copy {arguments[0]} to {name}:{to.Path}" : $"{name} copy {name}:{from.Path} to {arguments[1]}";
            var (source, target) = from.IsLocal ? (arguments[0], $"{container.Id}:{to.Path}") : ($"{container.Id}:{from.Path}", arguments[1]);
            await steps.SayAsync($"{line} Copying");
            if (!steps.IsDry) await CopyAsync(context, from.IsLocal, source, target, cancellationToken);
            await steps.SayAsync($"{line} Copied");
        }

        return ExitCodes.Success;
    }

    private async Task<IReadOnlyList<ContainerSummary>> FindAsync(CliContext context, string project, string service, CancellationToken cancellationToken)
    {
        var containers = await ProjectContainers.ListAsync(context, project, [service], all: true, cancellationToken);
        return [.. containers.Where(container => (_all.Value || !ProjectContainers.IsOneOff(container)) && (_index.Value is 0 || ProjectContainers.Number(container) == _index.Value)).OrderBy(ProjectContainers.Number)];
    }

    private async Task CopyAsync(CliContext context, bool isUpload, string source, string target, CancellationToken cancellationToken)
    {
        var copy = new CopyCommand();
        var words = new List<string> { "--quiet" };
        if (_archive.Value) words.Add("--archive");
        if (_followLink.Value) words.Add("--follow-link");
        words.AddRange(["--", isUpload && source is not "-" ? CopyPaths.Absolute(source, Directory.GetCurrentDirectory()) : source, target]);
        await copy.RunAsync(context, copy.Flags.Parse(words, anywhere: true), cancellationToken);
    }
}
