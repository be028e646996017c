using System.Threading.Channels;
using Boreal.BuildWire.Ignore;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Client.Errors;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;

namespace Boreal.Cli.Commands.Compose.Watching;

/// <summary>Keeps the containers of services at the state of their sources: <c>develop.watch</c>.</summary>
internal sealed class ProjectWatch(CliContext context, Project project, ProjectSteps steps)
{
    /// <summary>Builds say nothing, unless a step fails.</summary>
    public bool IsQuiet { get; init; }

    public async Task RunAsync(IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        var batches = Channel.CreateUnbounded<(WatchTrigger Trigger, IReadOnlyList<FileChange> Changes)>();
        var watches = new List<FolderWatch>();
        try
        {
            var readers = new List<Task>();
            foreach (var trigger in WatchTrigger.Of(project, services))
            {
                if (!Path.Exists(trigger.Path)) throw new CommandFailedException($"service \"{trigger.Service}\" watches {trigger.Path}, which isn't there: make it, or change develop.watch");
                var filter = new WatchFilter(trigger, DockerIgnore(trigger));
                var watch = new FolderWatch(trigger.Path, filter.Skips, context.Clock);
                watches.Add(watch);
                if (trigger is { SyncsFirst: true, Syncs: true }) batches.Writer.TryWrite((trigger, [.. watch.Now.Where(change => filter.Takes(change.Path))]));
                readers.Add(ReadAsync(watch, trigger, filter, batches.Writer, cancellationToken));
            }

            await context.Error.WriteLineAsync("Watch enabled");
            await foreach (var (trigger, changes) in batches.Reader.ReadAllAsync(cancellationToken)) await TryAsync(trigger, changes, cancellationToken);
        }
        finally
        {
            watches.ForEach(watch => watch.Dispose());
        }
    }

    private static async Task ReadAsync(
        FolderWatch watch, WatchTrigger trigger, WatchFilter filter, ChannelWriter<(WatchTrigger, IReadOnlyList<FileChange>)> batches, CancellationToken cancellationToken)
    {
        await foreach (var changes in watch.ChangesAsync(cancellationToken))
        {
            var counting = changes.Where(change => change.Path.Length is 0 || filter.Takes(change.Path)).ToList();
            if (counting.Count > 0) batches.TryWrite((trigger, counting));
        }
    }

    /// <summary>A build that fails isn't the end: the next change may make it good.</summary>
    private async Task TryAsync(WatchTrigger trigger, IReadOnlyList<FileChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            if (trigger.Action is "rebuild") await RebuildAsync(trigger.Service, cancellationToken);
            else await SyncAsync(trigger, changes, cancellationToken);
        }
        catch (Exception problem) when (problem is CommandFailedException or ApiException or IOException)
        {
            await context.Error.WriteLineAsync($"service \"{trigger.Service}\" is not up to date: {problem.Message}");
        }
    }

    private async Task RebuildAsync(string service, CancellationToken cancellationToken)
    {
        await context.Error.WriteLineAsync($"Rebuilding service \"{service}\" after changes were detected...");
        await new ProjectBuilds(context, project) { IsQuiet = IsQuiet }.BuildAsync(service, [], cancellationToken);
        var start = new ProjectStart(context, project, steps, new PlanOptions { Targets = [service], LeavesNeeded = true, NeverBuilds = true });
        await start.RunAsync(await start.PlanAsync(cancellationToken), cancellationToken);
        await context.Error.WriteLineAsync($"service \"{service}\" successfully built");
    }

    private async Task SyncAsync(WatchTrigger trigger, IReadOnlyList<FileChange> changes, CancellationToken cancellationToken)
    {
        var containers = await ProjectContainers.OfServicesAsync(context, project.Name, [trigger.Service], all: false, cancellationToken);
        var sync = new ContainerSync(context, trigger);
        if (trigger.Syncs)
        {
            await context.Error.WriteLineAsync($"Syncing service \"{trigger.Service}\" after {changes.Count} changes were detected");
            await sync.RunAsync(containers, changes, cancellationToken);
        }

        if (trigger.Exec.Count > 0 && trigger.Action is "sync+exec")
        {
            foreach (var container in containers) await sync.ExecAsync(container.Id, trigger.Exec, cancellationToken);
        }

        if (!trigger.Restarts) return;
        // As they are: another container would not have the files that were put into this one.
        foreach (var container in containers)
            await steps.RunAsync($"Container {ProjectContainers.Name(container)}", "Restarting", "Restarted", () => context.Client.Containers.RestartAsync(container.Id, cancellationToken: cancellationToken));
    }

    /// <summary>What a build leaves out doesn't count either, where the path lies in the context.</summary>
    private IEnumerable<string> DockerIgnore(WatchTrigger trigger)
    {
        var folder = project.Services.Mapping(trigger.Service)?.Mapping("build")?.TextOf("context");
        if (folder is null || !Directory.Exists(folder)) return [];
        var file = Path.Combine(folder, ".dockerignore");
        if (!File.Exists(file) || Path.GetRelativePath(folder, trigger.Path) is not ".") return [];
        return IgnoreFile.Read(File.ReadAllText(file));
    }
}
