using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Waits until services have what was asked, or can't get it.</summary>
/// <param name="context">The command's.</param>
/// <param name="project">The project's name.</param>
/// <param name="services">The services that count.</param>
/// <param name="failsWithTasks">Whether a task that ended wrongly is an error, or just an end (<c>up -d</c>).</param>
internal sealed class ConvergenceWait(CliContext context, string project, IReadOnlyCollection<string> services, bool failsWithTasks)
{
    private readonly Dictionary<string, ServiceInspect> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var service in context.Client.Apps.WatchAsync(project, cancellationToken))
        {
            _seen[service.Name] = service;
            await TellAsync(service);
            Check(service);
            if (services.All(IsDone)) return;
        }
    }

    private void Check(ServiceInspect service)
    {
        if (!services.Contains(service.Name)) return;
        if (service.Update is { State: "paused" or "rollback_paused" } update) throw new CommandFailedException($"the update of service {service.Name} is paused: {update.Message}");
        if (failsWithTasks && service.Counts.Failed > 0) throw new CommandFailedException($"service {service.Name} failed: {Reason(service)}");
        if (service.Spec.DependsOn.FirstOrDefault(IsLost) is { } lost && service.Counts.Running is 0)
            throw new CommandFailedException($"dependency failed to start: service {lost.Service}, which {service.Name} waits for: {Reason(_seen[lost.Service])}");
    }

    /// <summary>A dependency that has ended without becoming what is waited for.</summary>
    private bool IsLost(ServiceDependency dependency) =>
        dependency.Required && _seen.TryGetValue(dependency.Service, out var other) && other.Counts.Desired > 0
        && (other.Counts.Failed >= other.Counts.Desired || dependency.Condition is "service_healthy" && other.Counts.Completed >= other.Counts.Desired);

    private bool IsDone(string name) => _seen.TryGetValue(name, out var service) && (service.Converged || service.Gone || !failsWithTasks && HasStarted(service));

    /// <summary>As many tasks as are asked for have started, however they fare, and what they replace is gone.</summary>
    private static bool HasStarted(ServiceInspect service) =>
        service.Counts.Desired > 0 && service.Counts.Running + service.Counts.Completed + service.Counts.Failed == service.Counts.Desired
        && service.Update is not { State: "updating" or "rollback_started" }
        && service.Tasks.All(task => task.Desired < TaskState.Remove || task.ContainerId.Length == 0);

    private async Task TellAsync(ServiceInspect service)
    {
        foreach (var task in service.Tasks.Where(task => task is { Desired: < TaskState.Shutdown, State: TaskState.Running or TaskState.Complete }))
        {
            var line = $" Container {task.ContainerName}  {(task.State is TaskState.Running ? "Started" : "Exited")}";
            if (_told.Add(line)) await context.Error.WriteLineAsync(line);
        }
    }

    private static string Reason(ServiceInspect service) => service.Tasks.FirstOrDefault(task => task.Why.Length > 0)?.Why ?? "see its logs";
}
