using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Images;
using Boreal.Cli.Session;
using Boreal.Client.Errors;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Carries out a plan: networks and volumes at once, images one after the other because each shows its progress, then all services in one transaction.</summary>
internal sealed class PlanExecutor(CliContext context, Project project)
{
    private const int Conflict = 409;

    public async Task RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await Task.WhenAll(plan.Steps.Where(step => step.Kind is "Network" or "Volume").Select(step => MakeAsync(step, cancellationToken)));
        var fetched = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in plan.Steps.Where(step => step.Kind is "Image"))
        {
            await FetchAsync(step, cancellationToken);
            if (await new ProjectObserver(context).ImageIdAsync(step.Name, cancellationToken) is { } id) fetched[step.Name] = id;
        }

        foreach (var step in plan.Steps.Where(step => step.Action is PlanAction.Remove)) await RemoveAsync(step.Name, cancellationToken);
        var specs = plan.Steps.Select(step => step.Service).OfType<ServiceSpec>()
            .Select(spec => fetched.TryGetValue(spec.Template.Image, out var id) ? Planner.WithImage(spec, id) : spec).ToList();
        if (specs.Count > 0) await context.Client.Apps.PutAsync(project.Name, new AppSpec { Services = specs }, cancellationToken);
    }

    private async Task MakeAsync(PlanStep step, CancellationToken cancellationToken)
    {
        try
        {
            if (step.Network is { } network) await context.Client.Networks.CreateAsync(network, cancellationToken);
            if (step.Volume is { } volume) await context.Client.Volumes.CreateAsync(volume, cancellationToken);
            await TellAsync($"{step.Id}  Created");
        }
        catch (ApiException problem) when (problem.Status is Conflict)
        {
            await TellAsync($"{step.Id}  Exists");
        }
    }

    private async Task FetchAsync(PlanStep step, CancellationToken cancellationToken)
    {
        if (step.Action is PlanAction.Build) await new ProjectBuilds(context, project).BuildAsync(step.ForService, [], cancellationToken);
        else
        {
            var platform = project.Services.Mapping(step.ForService)?.TextOf("platform") ?? "";
            await TellAsync($"{step.Id}  Pulling");
            await new ImagePull(ImageReference.Parse(step.Name), AllTags: false, platform, IsQuiet: false) { ShowsOnError = true }.RunAsync(context, cancellationToken);
        }
    }

    private async Task RemoveAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            await context.Client.Apps.RemoveServiceAsync(project.Name, service, cancellationToken: cancellationToken);
        }
        catch (ApiException problem) when (problem.Status is 404)
        {
            // Made by another program: only its containers are there.
            foreach (var container in await ProjectContainers.ListAsync(context, project.Name, [service], all: true, cancellationToken))
                await context.Client.Containers.RemoveAsync(container.Id, force: true, cancellationToken: cancellationToken);
        }

        await TellAsync($"Service {service}  Removed");
    }

    private Task TellAsync(string line) => context.Error.WriteLineAsync($" {line}");
}
