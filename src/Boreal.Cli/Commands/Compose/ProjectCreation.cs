using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Cli.Session;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

/// <summary>
/// Makes the containers of services without starting them. They are no app yet: <c>start</c> starts them as they are, <c>up</c> has the
/// orchestrator take them over. Services that it keeps already are left as they are.
/// </summary>
internal sealed class ProjectCreation(CliContext context, Project project, ProjectSteps steps)
{
    public async Task RunAsync(ProjectStart start, Plan plan, CancellationToken cancellationToken)
    {
        if (!steps.IsDry) await start.PrepareAsync(plan, cancellationToken);
        var observer = new ProjectObserver(context);
        var kept = await observer.ServicesAsync(project.Name, cancellationToken);
        var found = await ProjectContainers.OfServicesAsync(context, project.Name, [], all: true, cancellationToken);
        foreach (var step in plan.Steps.Where(step => step.Service is not null && !kept.ContainsKey(step.Name)))
        {
            var spec = step.Service ?? new ServiceSpec();
            if (!steps.IsDry && await observer.ImageIdAsync(spec.Template.Image, cancellationToken) is { } id) spec = Planner.WithImage(spec, id);
            await MakeAsync(spec, [.. found.Where(container => ProjectContainers.ServiceOf(container) == spec.Name)], cancellationToken);
        }

        foreach (var container in found.Where(container => kept.ContainsKey(ProjectContainers.ServiceOf(container))))
            await steps.TellAsync($"Container {ProjectContainers.Name(container)}", container.State is "running" ? "Running" : "Created");
    }

    private async Task MakeAsync(ServiceSpec spec, IReadOnlyList<ContainerSummary> found, CancellationToken cancellationToken)
    {
        var hash = spec.Template.Labels?.GetValueOrDefault(ComposeLabels.ConfigHash);
        foreach (var extra in found.Where(container => ProjectContainers.Number(container) > spec.Replicas))
            await steps.RunAsync($"Container {ProjectContainers.Name(extra)}", "Removing", "Removed", () => RemoveAsync(extra, cancellationToken));
        await Task.WhenAll(Enumerable.Range(1, spec.Replicas).Select(async slot =>
        {
            var name = SlotContainer.NameOf(project.Name, spec, slot);
            var old = found.FirstOrDefault(container => ProjectContainers.Number(container) == slot);
            if (old?.Labels?.GetValueOrDefault(ComposeLabels.ConfigHash) == hash && old is not null)
            {
                await steps.TellAsync($"Container {name}", old.State is "running" ? "Running" : "Created");
                return;
            }

            await steps.RunAsync($"Container {name}", old is null ? "Creating" : "Recreate", old is null ? "Created" : "Recreated", async () =>
            {
                if (old is not null) await RemoveAsync(old, cancellationToken);
                await context.Client.Containers.CreateAsync(SlotContainer.Of(spec, name, slot), name, null, cancellationToken);
            });
        }));
    }

    private async Task RemoveAsync(ContainerSummary container, CancellationToken cancellationToken)
    {
        await context.Client.Containers.StopAsync(container.Id, cancellationToken: cancellationToken);
        await context.Client.Containers.RemoveAsync(container.Id, force: true, cancellationToken: cancellationToken);
    }
}
