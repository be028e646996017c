using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Apps;

/// <summary>Waits until services are as asked, telling on a terminal what they wait for.</summary>
internal static class ServiceWait
{
    /// <exception cref="CommandFailedException">An update was paused: it does not go on by itself.</exception>
    public static async Task ConvergedAsync(CliContext context, string app, string service, CancellationToken cancellationToken)
    {
        var told = "";
        await foreach (var seen in context.Client.Apps.WatchAsync(app, cancellationToken))
        {
            if (seen.Name != service)
                continue;
            if (seen.Converged)
                return;
            if (seen.Update is { State: "paused" or "rollback_paused" } update)
                throw new CommandFailedException($"the update of {app}/{service} is paused: {update.Message}");
            var line = Line(seen);
            if (line != told)
                await context.Error.WriteLineAsync(told = line);
        }
    }

    public static async Task GoneAsync(CliContext context, string app, CancellationToken cancellationToken)
    {
        HashSet<string> left = [.. (await context.Client.Apps.InspectAsync(app, cancellationToken)).Services.Select(service => service.Name)];
        await foreach (var seen in context.Client.Apps.WatchAsync(app, cancellationToken))
        {
            if (seen.Gone)
                left.Remove(seen.Name);
            if (left.Count == 0)
                return;
        }
    }

    private static string Line(ServiceInspect service)
    {
        var reason = service.Tasks.FirstOrDefault(task => task.Desired < TaskState.Shutdown && task.Why.Length > 0);
        return $"{service.App}/{service.Name}: {service.Counts.Running}/{service.Counts.Desired} running{(reason is null ? "" : $", slot {reason.Slot} {reason.Why}")}";
    }
}
