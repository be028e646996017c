using System.Globalization;
using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Client.Errors;
using Boreal.Compose;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Brings a project, or a part of it, to what its files say: plan, carry out, wait.</summary>
internal sealed class ProjectStart(CliContext context, Project project, ProjectSteps steps, PlanOptions options)
{
    private const int Conflict = 409;

    private ContainerTale? _tale;
    private PlanExecutor? _executor;

    /// <summary>Waits until all works, not only until all was started.</summary>
    public bool IsStrict { get; init; }

    public TimeSpan? Patience { get; init; }

    public bool PullsQuietly { get; init; }

    public bool OmitsStarts { get; init; }

    /// <summary>Anonymous volumes of the containers that are replaced aren't handed on.</summary>
    public bool RenewsVolumes { get; init; }

    public IReadOnlyDictionary<string, string> Conditions { get; init; } = new Dictionary<string, string>();

    public async Task<Plan> PlanAsync(CancellationToken cancellationToken)
    {
        var planner = new Planner(project, await new ProjectObserver(context).LookAsync(project, cancellationToken), options);
        if (!options.RemovesOrphans && planner.Orphans().ToList() is { Count: > 0 } orphans && !IgnoresOrphans())
            await context.Error.WriteLineAsync($"warning: services {string.Join(", ", orphans)} run but are not in the compose file: --remove-orphans removes them");
        try
        {
            return planner.Make();
        }
        catch (ComposeException problem)
        {
            throw new CommandFailedException(problem.Message, ExitCodes.ComposeFile);
        }
    }

    /// <summary>Everything up to the wish for services: networks, volumes, images.</summary>
    public Task PrepareAsync(Plan plan, CancellationToken cancellationToken) =>
        Executor.PrepareAsync(plan, cancellationToken);

    public async Task RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await PrepareAsync(plan, cancellationToken);
        await PutAsync(plan, cancellationToken);
        await WaitAsync(plan, cancellationToken);
    }

    /// <summary>The wish for services.</summary>
    public async Task PutAsync(Plan plan, CancellationToken cancellationToken)
    {
        _tale = new ContainerTale(steps, await ContainersAsync(cancellationToken)) { OmitsStarts = OmitsStarts };
        if (RenewsVolumes) await DropAsync(plan, cancellationToken);
        await Executor.PutAsync(plan, cancellationToken);
    }

    public async Task WaitAsync(Plan plan, CancellationToken cancellationToken)
    {
        var services = Services(plan);
        using var deadline = Patience is { } patience ? new CancellationTokenSource(patience, context.Clock) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await new ConvergenceWait(context, project.Name, services) { IsStrict = IsStrict, Tale = _tale, Conditions = Conditions }.RunAsync(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture, $"not all services were running after {Patience?.TotalSeconds} s: see boreal compose ps"));
        }
        catch (CommandFailedException)
        {
            await RestoreAsync(plan, cancellationToken);
            throw;
        }

        if (_tale is not null) await _tale.TellRemovedAsync(services, await ContainersAsync(cancellationToken));
    }

    public static IReadOnlyList<string> Services(Plan plan) => [.. plan.Steps.Where(step => step.Service is not null).Select(step => step.Name)];

    private PlanExecutor Executor => _executor ??= new PlanExecutor(context, project, steps) { PullsQuietly = PullsQuietly };

    private Task<IReadOnlyList<Api.Containers.ContainerSummary>> ContainersAsync(CancellationToken cancellationToken) =>
        ProjectContainers.ListAsync(context, project.Name, [], all: true, cancellationToken);

    private bool IgnoresOrphans() => project.Environment.GetValueOrDefault("COMPOSE_IGNORE_ORPHANS") is "1" or "true";

    /// <summary>What would wait for ever in the place of what ran goes back to that.</summary>
    private async Task RestoreAsync(Plan plan, CancellationToken cancellationToken)
    {
        foreach (var step in plan.Steps.Where(step => step is { Service: not null, Action: PlanAction.Recreate }))
        {
            if (await TryRestoreAsync(step.Name, cancellationToken)) await steps.TellAsync($"Service {step.Name}", "Goes back to what it was");
        }
    }

    /// <returns>False when there is nothing to go back from.</returns>
    private async Task<bool> TryRestoreAsync(string name, CancellationToken cancellationToken)
    {
        long? refused = null;
        while (true)
        {
            var service = await context.Client.Apps.InspectAsync(project.Name, name, cancellationToken);
            if (service is not { Update.State: "updating", Counts.Running: 0 } || service.Version == refused) return false;
            try
            {
                await context.Client.Apps.RollBackAsync(project.Name, name, service.Version, cancellationToken);
                return true;
            }
            catch (ApiException problem) when (problem.Status is Conflict)
            {
                // It has gone back by itself in between, perhaps: from there, back would be forth.
                refused = service.Version;
            }
        }
    }

    /// <summary>The slot of a container that isn't there has no volumes to hand on.</summary>
    private async Task DropAsync(Plan plan, CancellationToken cancellationToken)
    {
        var replaced = plan.Steps.Where(step => step is { Service: not null, Action: PlanAction.Recreate }).Select(step => step.Name).ToList();
        if (replaced.Count is 0) return;
        foreach (var service in replaced) await context.Client.Apps.StopAsync(project.Name, service, cancellationToken: cancellationToken);
        await new ConvergenceWait(context, project.Name, replaced).RunAsync(cancellationToken);
        foreach (var container in await ProjectContainers.OfServicesAsync(context, project.Name, replaced, all: true, cancellationToken))
            await context.Client.Containers.RemoveAsync(container.Id, force: true, volumes: true, cancellationToken: cancellationToken);
    }
}
