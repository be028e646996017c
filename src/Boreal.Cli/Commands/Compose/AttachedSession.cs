using System.Runtime.InteropServices;
using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

/// <summary>An <c>up</c> that stays: it shows what containers put out, and stops them when the user has enough or one has ended that counts.</summary>
internal sealed class AttachedSession(CliContext context, Project project, ProjectSteps steps)
{
    private int? _code;

    /// <summary>Services whose output is shown.</summary>
    public required IReadOnlyList<string> Shown { get; init; }

    public required LogFormat Format { get; init; }

    public int? Timeout { get; init; }

    /// <summary>Whether the first container that ends ends it all.</summary>
    public bool Aborts { get; init; }

    /// <summary>The service whose exit code is the command's; empty for the first that ends.</summary>
    public string ExitCodeFrom { get; init; } = "";

    /// <summary>What else runs until the end.</summary>
    public Func<CancellationToken, Task>? Companion { get; init; }

    public async Task<int> RunAsync(ProjectStart start, Plan plan, CancellationToken cancellationToken)
    {
        if (ExitCodeFrom.Length > 0 && !project.Services.Has(ExitCodeFrom)) throw new CommandFailedException($"no such service: {ExitCodeFrom}");
        var services = ProjectStart.Services(plan);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            await start.PrepareAsync(plan, stop.Token);
            await FollowAsync(start, plan, services, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested && _code is null)
        {
            await context.Error.WriteLineAsync("Gracefully stopping... (press Ctrl+C again to force)");
            await StopAsync(services, kill.Token);
            return ExitCodes.SignalOffset + 2;
        }

        if (!Aborts || _code is null) return ExitCodes.Success;
        await context.Error.WriteLineAsync("Aborting on container exit...");
        await StopAsync(services, kill.Token);
        return ExitCodeFrom.Length > 0 ? await CodeOfAsync(ExitCodeFrom, cancellationToken) ?? _code.Value : _code.Value;

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (stop.IsCancellationRequested) kill.Cancel();
            else stop.Cancel();
        }
    }

    private async Task FollowAsync(ProjectStart start, Plan plan, IReadOnlyList<string> services, CancellationTokenSource stop)
    {
        using var lines = new LogLines(context, project.Name, Format);
        var names = plan.Steps.Select(step => step.Service).OfType<ServiceSpec>().Where(spec => Shown.Contains(spec.Name))
            .SelectMany(spec => Enumerable.Range(1, Math.Max(spec.Replicas, 0)).Select(slot => SlotContainer.NameOf(project.Name, spec, slot))).Order(StringComparer.Ordinal).ToList();
        lines.Reserve(names);
        var attached = new AttachedProject(context, project.Name, [.. services], [.. Shown], lines)
        {
            Ended = (_, code) => Aborts && (_code ??= code) >= 0,
        };
        await lines.SayAsync($"Attaching to {string.Join(", ", names.Select(lines.Short))}", stop.Token);
        var listen = await attached.BeginAsync(stop.Token);
        await start.PutAsync(plan, stop.Token);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var listening = listen(over.Token);
        var waiting = start.WaitAsync(plan, over.Token);
        var companion = Companion?.Invoke(over.Token) ?? Task.CompletedTask;
        // A start or a watch that fails ends it; one that is done goes on as output.
        List<Task> beside = [waiting, companion];
        while (beside.Count > 0 && await Task.WhenAny([listening, .. beside]) is var first && beside.Remove(first)) await first;
        await listening;
        await over.CancelAsync();
        foreach (var task in beside) await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task StopAsync(IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        try
        {
            await new ServiceVerb(context, new ProjectScope(project.Name, project), steps).RunAsync("stop", services, Timeout, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The user can't wait for the stop either.
            foreach (var container in await ProjectContainers.OfServicesAsync(context, project.Name, services, all: false, CancellationToken.None))
                await context.Client.Containers.KillAsync(container.Id, cancellationToken: CancellationToken.None);
        }
    }

    private async Task<int?> CodeOfAsync(string service, CancellationToken cancellationToken)
    {
        var containers = await ProjectContainers.OfServicesAsync(context, project.Name, [service], all: true, cancellationToken);
        return containers.Count is 0 ? null : (await context.Client.Containers.InspectAsync(containers[0].Id, cancellationToken)).State.ExitCode;
    }
}
