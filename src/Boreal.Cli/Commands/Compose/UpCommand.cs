using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Compose.Watching;
using Boreal.Cli.Session;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;

namespace Boreal.Cli.Commands.Compose;

internal sealed class UpCommand : ComposeCommand
{
    private readonly StartFlags _start;
    private readonly LogSelection _selection;
    private readonly ValueFlag<bool> _abort;
    private readonly ValueFlag<bool> _recreateNeeded;
    private readonly ValueFlag<bool> _detach;
    private readonly ValueFlag<string> _exitCodeFrom;
    private readonly ValueFlag<bool> _menu;
    private readonly ValueFlag<bool> _noColor;
    private readonly ValueFlag<bool> _noDependencies;
    private readonly ValueFlag<bool> _noPrefix;
    private readonly ValueFlag<bool> _noStart;
    private readonly ValueFlag<bool> _renewVolumes;
    private readonly ValueFlag<long> _timeout;
    private readonly ValueFlag<bool> _timestamps;
    private readonly ValueFlag<bool> _wait;
    private readonly ValueFlag<long> _waitTimeout;
    private readonly ValueFlag<bool> _watch;

    public UpCommand()
    {
        _start = new StartFlags(Flags);
        _selection = new LogSelection(Flags);
        _abort = Flags.Switch("abort-on-container-exit", '\0', "Stops all containers if any container was stopped. Incompatible with -d");
        _recreateNeeded = Flags.Switch("always-recreate-deps", '\0', "Recreate dependent containers. Incompatible with --no-recreate.");
        _detach = Flags.Switch("detach", 'd', "Detached mode: Run containers in the background");
        _exitCodeFrom = Flags.Text("exit-code-from", '\0', "Return the exit code of the selected service container. Implies --abort-on-container-exit");
        _menu = Flags.Add(new ValueFlag<bool>("menu", '\0', "Enable interactive shortcuts when running attached", false, bool.Parse) { ValueWhenBare = "true", IsHidden = true });
        _noColor = Flags.Switch("no-color", '\0', "Produce monochrome output");
        _noDependencies = Flags.Switch("no-deps", '\0', "Don't start linked services");
        _noPrefix = Flags.Switch("no-log-prefix", '\0', "Don't print prefix in logs");
        _noStart = Flags.Switch("no-start", '\0', "Don't start the services after creating them");
        _renewVolumes = Flags.Switch("renew-anon-volumes", 'V', "Recreate anonymous volumes instead of retrieving data from the previous containers");
        _timeout = Flags.Integer("timeout", 't', "Use this timeout in seconds for container shutdown when attached or when containers are already running");
        _timestamps = Flags.Switch("timestamps", '\0', "Show timestamps");
        _wait = Flags.Switch("wait", '\0', "Wait for services to be running|healthy. Implies detached mode.");
        _waitTimeout = Flags.Integer("wait-timeout", '\0', "Maximum duration in seconds to wait for the project to be running|healthy");
        _watch = Flags.Switch("watch", 'w', "Watch source code and rebuild/refresh containers when files are updated.");
    }

    public override string Usage => "up [OPTIONS] [SERVICE...]";

    public override string Summary => "Create and start containers";

    public override IReadOnlyList<string> Aliases => ["compose up"];

    public override IReadOnlyList<string> Examples => ["boreal compose up -d --wait", "boreal compose up -d --scale web=3", "boreal compose up --exit-code-from tests", "boreal compose --dry-run up"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        Check();
        var project = await LoadAsync(context, arguments);
        var options = _start.Options(project) with { Targets = arguments, LeavesNeeded = _noDependencies.Value, RecreatesNeeded = _recreateNeeded.Value };
        var isAttached = !(_detach.Value || _wait.Value || _noStart.Value);
        var start = new ProjectStart(context, project, Steps(context), options)
        {
            IsStrict = _wait.Value,
            Patience = _waitTimeout.Value > 0 ? TimeSpan.FromSeconds(_waitTimeout.Value) : null,
            PullsQuietly = _start.PullsQuietly,
            RenewsVolumes = _renewVolumes.Value,
            OmitsStarts = isAttached,
        };
        var plan = await start.PlanAsync(cancellationToken);
        if (IsDryRun)
        {
            await context.Out.WriteAsync(plan.Print());
            return ExitCodes.Success;
        }

        if (_noStart.Value)
        {
            await new ProjectCreation(context, project, Steps(context)).RunAsync(start, plan, cancellationToken);
            return ExitCodes.Success;
        }

        if (isAttached) return await FollowAsync(context, project, start, plan, _selection.Choose(project, arguments), cancellationToken);
        await start.RunAsync(plan, cancellationToken);
        return ExitCodes.Success;
    }

    private void Check()
    {
        _start.Check();
        _selection.Check();
        var aborts = _abort.Value || _exitCodeFrom.Value.Length > 0;
        if (_wait.Value && (aborts || _selection.IsGiven)) throw new CommandFailedException("--wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies");
        if (_detach.Value && (aborts || _selection.IsGiven)) throw new CommandFailedException("--detach cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies");
        if (_recreateNeeded.Value && _start.NeverRecreates) throw new CommandFailedException("--always-recreate-deps and --no-recreate are incompatible");
        if (_watch.Value && (_detach.Value || _wait.Value)) throw new CommandFailedException("--watch cannot be combined with --detach or --wait");
        if (_menu.Value && _detach.Value) throw new CommandFailedException("--menu cannot be combined with --detach");
    }

    private Task<int> FollowAsync(CliContext context, Project project, ProjectStart start, Plan plan, IReadOnlyList<string> shown, CancellationToken cancellationToken)
    {
        var session = new AttachedSession(context, project, Steps(context))
        {
            Shown = shown,
            Format = new LogFormat(!_noPrefix.Value, _timestamps.Value, !_noColor.Value),
            Timeout = _timeout.IsGiven ? (int)_timeout.Value : null,
            Aborts = _abort.Value || _exitCodeFrom.Value.Length > 0,
            ExitCodeFrom = _exitCodeFrom.Value,
            Companion = _watch.Value ? cancel => new ProjectWatch(context, project, Steps(context)).RunAsync([], cancel) : null,
        };
        return session.RunAsync(start, plan, cancellationToken);
    }
}
