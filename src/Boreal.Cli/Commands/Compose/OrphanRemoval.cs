using Boreal.Cli.Session;
using Boreal.Client.Errors;
using Boreal.Compose.Projects;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Removes the services, or only containers of services, that a project's files don't have.</summary>
internal sealed class OrphanRemoval(CliContext context, Project project, ProjectSteps steps)
{
    private const int NotFound = 404;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var containers = await ProjectContainers.ListAsync(context, project.Name, [], all: true, cancellationToken);
        foreach (var service in containers.Select(ProjectContainers.ServiceOf).Distinct(StringComparer.Ordinal).Where(IsOrphan)) await RemoveAsync(service, cancellationToken);
    }

    public async Task RemoveAsync(string service, CancellationToken cancellationToken)
    {
        var containers = await ProjectContainers.ListAsync(context, project.Name, [service], all: true, cancellationToken);
        // Asked first, so that the orchestrator doesn't replace what goes.
        if (!steps.IsDry) await ForgetAsync(service, cancellationToken);
        await Task.WhenAll(containers.Select(container => steps.RunAsync(
            $"Container {ProjectContainers.Name(container)}", "Removing", "Removed", () => RemoveContainerAsync(container.Id, cancellationToken))));
    }

    private bool IsOrphan(string service) => !project.Services.Has(service) && !project.Disabled.Has(service);

    private async Task RemoveContainerAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await context.Client.Containers.StopAsync(id, cancellationToken: cancellationToken);
            await context.Client.Containers.RemoveAsync(id, force: true, cancellationToken: cancellationToken);
        }
        catch (ApiException problem) when (problem.Status is NotFound || problem.Message.Contains("already in progress", StringComparison.Ordinal))
        {
            // The orchestrator was quicker.
        }
    }

    private async Task ForgetAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            await context.Client.Apps.RemoveServiceAsync(project.Name, service, cancellationToken: cancellationToken);
        }
        catch (ApiException problem) when (problem.Status is NotFound)
        {
            // Another program's: there were only containers.
        }
    }
}
