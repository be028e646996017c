using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Cli.Session;
using Boreal.Client;
using Boreal.Client.Errors;
using Boreal.Compose.Projects;
using Boreal.Compose.Requests;
using Boreal.Compose.Yaml;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Everything a project has on the engine goes: services, containers, networks, and what else is asked for.</summary>
internal sealed class ProjectRemoval(CliContext context, ProjectScope scope, ProjectSteps steps)
{
    private const int NotFound = 404;
    private const int Conflict = 409;

    public int? Timeout { get; init; }

    public bool TakesVolumes { get; init; }

    public bool TakesOrphans { get; init; }

    /// <summary><c>all</c>, <c>local</c> for images without a name of their own, or empty.</summary>
    public string Images { get; init; } = "";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var containers = await ProjectContainers.ListAsync(context, scope.Name, [], all: true, cancellationToken);
        var (going, staying) = (containers.Where(IsMine).ToList(), containers.Where(container => !IsMine(container)).ToList());
        if (staying.Count > 0)
            await context.Error.WriteLineAsync($"warning: found orphan containers ([{string.Join(' ', staying.Select(ProjectContainers.Name))}]) for this project: --remove-orphans removes them");
        var mine = new FilterQuery().Add("label", $"{ComposeLabels.Project}={scope.Name}");
        var networks = await context.Client.Networks.ListAsync(mine, cancellationToken);
        var volumes = TakesVolumes ? (await context.Client.Volumes.ListAsync(mine, cancellationToken)).Volumes ?? [] : [];
        if (going.Count + networks.Count + volumes.Count is 0 && Images.Length is 0) await context.Error.WriteLineAsync($"Warning: No resource found to remove for project \"{scope.Name}\".");
        await RemoveServicesAsync(going, cancellationToken);
        await Task.WhenAll(
        [
            .. networks.Select(network => TryRemoveAsync($"Network {network.Name}", () => context.Client.Networks.RemoveAsync(network.Id, cancellationToken))),
            .. volumes.Select(volume => TryRemoveAsync($"Volume {volume.Name}", () => context.Client.Volumes.RemoveAsync(volume.Name, cancellationToken: cancellationToken))),
            .. ImageNames().Select(image => TryRemoveAsync($"Image {image}", () => context.Client.Images.RemoveAsync(image, force: false, noPrune: false, cancellationToken))),
        ]);
    }

    /// <summary>Only with files it is known what doesn't belong.</summary>
    private bool IsMine(ContainerSummary container) =>
        TakesOrphans || scope.Project is not { } project || ProjectContainers.ServiceOf(container) is var service && (project.Services.Has(service) || project.Disabled.Has(service));

    private async Task RemoveServicesAsync(List<ContainerSummary> containers, CancellationToken cancellationToken)
    {
        foreach (var container in containers) await steps.TellAsync(Subject(container), container.State is "running" ? "Stopping" : "Removing");
        if (!steps.IsDry)
        {
            await RemoveKeptAsync([.. containers.Select(ProjectContainers.ServiceOf).Distinct(StringComparer.Ordinal)], cancellationToken);
            foreach (var layer in ContainerLayers.Of(await RemainingAsync(containers, cancellationToken), isReversed: true)) await Task.WhenAll(layer.Select(container => RemoveAsync(container, cancellationToken)));
        }

        foreach (var container in containers) await steps.TellAsync(Subject(container), "Removed");
    }

    private async Task<List<ContainerSummary>> RemainingAsync(List<ContainerSummary> containers, CancellationToken cancellationToken)
    {
        var going = containers.Select(container => container.Id).ToHashSet(StringComparer.Ordinal);
        return [.. (await ProjectContainers.ListAsync(context, scope.Name, [], all: true, cancellationToken)).Where(container => going.Contains(container.Id))];
    }

    private async Task RemoveKeptAsync(List<string> services, CancellationToken cancellationToken)
    {
        var kept = (await new ProjectObserver(context).ServicesAsync(scope.Name, cancellationToken)).Where(one => TakesOrphans || services.Contains(one.Key) || IsKnown(one.Key)).ToDictionary(StringComparer.Ordinal);
        if (kept.Count is 0) return;
        var (asked, needing) = (new HashSet<string>(StringComparer.Ordinal), kept.Values.ToDictionary(spec => spec.Name, StringComparer.Ordinal));
        await foreach (var service in context.Client.Apps.WatchAsync(scope.Name, cancellationToken))
        {
            // Asked only once the stream is there: what is gone before it starts is never told.
            if (service.Gone) kept.Remove(service.Name);
            if (kept.Count is 0) return;
            if (service.Gone || HasStopped(service)) needing.Remove(service.Name);
            await Task.WhenAll(Unneeded(kept.Keys, needing.Values).Where(asked.Add).Select(name => context.Client.Apps.RemoveServiceAsync(scope.Name, name, TakesVolumes, Timeout, cancellationToken)));
        }
    }

    /// <summary>A service goes after all that depend on it: what they finish at their stop signal may need it.</summary>
    private static List<string> Unneeded(IEnumerable<string> left, IEnumerable<ServiceSpec> needing)
    {
        var needed = needing.SelectMany(spec => spec.DependsOn).Select(dependency => dependency.Service).ToHashSet(StringComparer.Ordinal);
        return [.. left.Where(name => !needed.Contains(name))];
    }

    /// <summary>None of it runs any more, though not all of it is gone yet.</summary>
    private static bool HasStopped(ServiceInspect service) => service.Removing && service.Tasks.All(task => task.State >= TaskState.Complete);

    private bool IsKnown(string service) => scope.Project is not { } project || project.Services.Has(service) || project.Disabled.Has(service);

    /// <summary>What the orchestrator didn't keep: of <c>run</c>, or another program's.</summary>
    private async Task RemoveAsync(ContainerSummary container, CancellationToken cancellationToken)
    {
        try
        {
            await context.Client.Containers.StopAsync(container.Id, timeoutSeconds: Timeout, cancellationToken: cancellationToken);
            await context.Client.Containers.RemoveAsync(container.Id, force: true, volumes: TakesVolumes, cancellationToken: cancellationToken);
        }
        catch (ApiException problem) when (problem.Status is NotFound || problem.Message.Contains("already in progress", StringComparison.Ordinal))
        {
            // It went with its service.
        }
    }

    private async Task TryRemoveAsync(string subject, Func<Task> remove)
    {
        try
        {
            await steps.RunAsync(subject, "Removing", "Removed", remove);
        }
        catch (ApiException problem) when (problem.Status is Conflict || problem.Message.Contains("has active endpoints", StringComparison.Ordinal))
        {
            await steps.TellAsync(subject, "Resource is still in use");
        }
        catch (ApiException problem) when (problem.Status is NotFound)
        {
            await steps.TellAsync(subject, "Warning: No resource found to remove");
        }
    }

    private IEnumerable<string> ImageNames()
    {
        if (scope.Project is not { } project || Images.Length is 0) return [];
        var all = project.Services.Entries.Concat(project.Disabled.Entries).Where(entry => Images is "all" || (entry.Value as MappingNode)?.TextOf("image") is not { Length: > 0 });
        return all.Select(entry => (entry.Value as MappingNode)?.TextOf("image") is { Length: > 0 } image ? image : ProjectLists.Image(project, entry.Key)).Distinct(StringComparer.Ordinal);
    }

    private static string Subject(ContainerSummary container) => $"Container {ProjectContainers.Name(container)}";
}
