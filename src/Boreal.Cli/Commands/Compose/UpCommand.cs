using System.Globalization;
using System.Runtime.InteropServices;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Compose;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;

namespace Boreal.Cli.Commands.Compose;

internal sealed class UpCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _build;
    private readonly ValueFlag<bool> _detach;
    private readonly ValueFlag<bool> _forceRecreate;
    private readonly ValueFlag<bool> _noBuild;
    private readonly ValueFlag<string> _pull;
    private readonly ValueFlag<bool> _removeOrphans;
    private readonly ListFlag _scale;
    private readonly ValueFlag<bool> _wait;
    private readonly ValueFlag<long> _waitTimeout;

    public UpCommand()
    {
        _build = Flags.Switch("build", '\0', "Build images before starting containers");
        _detach = Flags.Switch("detach", 'd', "Detached mode: Run containers in the background");
        _forceRecreate = Flags.Switch("force-recreate", '\0', "Recreate containers even if their configuration and image haven't changed");
        _noBuild = Flags.Switch("no-build", '\0', "Don't build an image, even if it's policy");
        _pull = Flags.Text("pull", '\0', "Pull image before running (\"always\"|\"missing\"|\"never\")");
        _removeOrphans = Flags.Switch("remove-orphans", '\0', "Remove containers for services not defined in the Compose file");
        _scale = Flags.Add(new ListFlag("scale", '\0', "Scale SERVICE to NUM instances. Overrides the scale setting in the Compose file if present") { ValueName = "SERVICE=NUM" });
        _wait = Flags.Switch("wait", '\0', "Wait for services to be running|healthy. Implies detached mode");
        _waitTimeout = Flags.Integer("wait-timeout", '\0', "Maximum duration in seconds to wait for the project to be running|healthy");
    }

    public override string Usage => "up [OPTIONS] [SERVICE...]";

    public override string Summary => "Create and start containers";

    public override IReadOnlyList<string> Aliases => ["compose up"];

    public override IReadOnlyList<string> Examples => ["boreal compose up -d --wait", "boreal compose up -d --scale web=3", "boreal compose --dry-run up"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var project = await LoadAsync(context, arguments);
        var options = new PlanOptions
        {
            Builds = _build.Value, NeverBuilds = _noBuild.Value, ForceRecreate = _forceRecreate.Value, Pull = _pull.Value,
            RemovesOrphans = _removeOrphans.Value, Scale = ServiceScales.Parse(_scale.Values),
        };
        var plan = await PlanAsync(context, project, options, cancellationToken);
        if (ProjectOptions.DryRun.Value)
        {
            await context.Out.WriteAsync(plan.Print());
            return ExitCodes.Success;
        }

        await new PlanExecutor(context, project).RunAsync(plan, cancellationToken);
        var services = plan.Steps.Where(step => step.Service is not null).Select(step => step.Name).ToList();
        using var deadline = _waitTimeout.Value > 0 ? new CancellationTokenSource(TimeSpan.FromSeconds(_waitTimeout.Value), context.Clock) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await new ConvergenceWait(context, project.Name, services, failsWithTasks: _wait.Value).RunAsync(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture, $"not all services were running after {_waitTimeout.Value} s: see boreal compose ps"));
        }

        return _detach.Value || _wait.Value ? ExitCodes.Success : await FollowAsync(context, project.Name, services, cancellationToken);
    }

    private static async Task<Plan> PlanAsync(CliContext context, Project project, PlanOptions options, CancellationToken cancellationToken)
    {
        var planner = new Planner(project, await new ProjectObserver(context).LookAsync(project, cancellationToken), options);
        if (!options.RemovesOrphans && planner.Orphans().ToList() is { Count: > 0 } orphans)
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

    /// <summary>Shows the logs until the user has enough, then stops what was started.</summary>
    private static async Task<int> FollowAsync(CliContext context, string project, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        });
        try
        {
            using var follower = new LogFollower(context, project, new LogFormat(Prefixes: true, Timestamps: false));
            await follower.RunAsync(services, new() { Follow = true }, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await context.Error.WriteLineAsync("Gracefully stopping... (press Ctrl+C again to force)");
            foreach (var service in services) await context.Client.Apps.StopAsync(project, service, cancellationToken: cancellationToken);
            return ExitCodes.SignalOffset + 2;
        }

        return ExitCodes.Success;
    }
}
