using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Images;
using Boreal.Cli.Session;
using Boreal.Client.Errors;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Carries out a plan: images one after the other because each shows its progress, networks and volumes at once, then all services in one request.</summary>
internal sealed class PlanExecutor(CliContext context, Project project, ProjectSteps steps)
{
    private const int Conflict = 409;

    private readonly Dictionary<string, string> _fetched = new(StringComparer.Ordinal);

    public bool PullsQuietly { get; init; }

    /// <summary>Everything up to the wish for services.</summary>
    public async Task PrepareAsync(Plan plan, CancellationToken cancellationToken)
    {
        foreach (var step in plan.Steps.Where(step => step.Kind is "Image"))
        {
            await FetchAsync(step, cancellationToken);
            if (await new ProjectObserver(context).ImageIdAsync(step.Name, cancellationToken) is { } id) _fetched[step.Name] = id;
        }

        await Task.WhenAll(plan.Steps.Where(step => step.Kind is "Network" or "Volume").Select(step => MakeAsync(step, cancellationToken)));
    }

    public async Task PutAsync(Plan plan, CancellationToken cancellationToken)
    {
        foreach (var step in plan.Steps.Where(step => step.Action is PlanAction.Remove)) await new OrphanRemoval(context, project, steps).RemoveAsync(step.Name, cancellationToken);
        var specs = plan.Steps.Select(step => step.Service).OfType<ServiceSpec>()
            .Select(spec => _fetched.TryGetValue(spec.Template.Image, out var id) ? Planner.WithImage(spec, id) : spec).ToList();
        if (specs.Count > 0) await context.Client.Apps.PutAsync(project.Name, new AppSpec { Services = specs }, cancellationToken);
    }

    private async Task MakeAsync(PlanStep step, CancellationToken cancellationToken)
    {
        try
        {
            await steps.TellAsync(Subject(step), "Creating");
            if (step.Network is { } network) await context.Client.Networks.CreateAsync(network, cancellationToken);
            if (step.Volume is { } volume) await context.Client.Volumes.CreateAsync(volume, cancellationToken);
            await steps.TellAsync(Subject(step), "Created");
        }
        catch (ApiException problem) when (problem.Status is Conflict)
        {
            await steps.TellAsync(Subject(step), "Exists");
        }
    }

    private async Task FetchAsync(PlanStep step, CancellationToken cancellationToken)
    {
        if (step.Action is PlanAction.Build) await new ProjectBuilds(context, project).BuildAsync(step.ForService, [], cancellationToken);
        else
        {
            var platform = project.Services.Mapping(step.ForService)?.TextOf("platform") ?? "";
            await steps.TellAsync(step.ForService, "Pulling");
            await new ImagePull(ImageReference.Parse(step.Name).WithDefaultTag(), AllTags: false, platform, PullsQuietly) { ShowsOnError = true }.RunAsync(context, cancellationToken);
            await steps.TellAsync(step.ForService, "Pulled");
        }
    }

    private static string Subject(PlanStep step) => step.Kind is "Volume" ? $"Volume \"{step.Name}\"" : step.Id;
}
