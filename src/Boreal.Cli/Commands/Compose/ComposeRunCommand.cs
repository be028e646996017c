using System.Security.Cryptography;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Session;
using Boreal.Client.Errors;
using Boreal.Compose;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;
using Boreal.Compose.Requests;
using Boreal.Compose.Yaml;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeRunCommand : ComposeCommand
{
    private const int SlugBytes = 32;
    private const int SlugLetters = 12;

    private readonly OneOffFlags _oneOff;
    private readonly ValueFlag<bool> _build;
    private readonly ValueFlag<bool> _detach;
    private readonly ValueFlag<string> _name;
    private readonly ValueFlag<bool> _noDependencies;
    private readonly ValueFlag<bool> _quietPull;
    private readonly ValueFlag<bool> _removeOrphans;

    public ComposeRunCommand()
    {
        _oneOff = new OneOffFlags(Flags);
        _build = Flags.Switch("build", '\0', "Build image before starting container");
        _detach = Flags.Switch("detach", 'd', "Run container in background and print container ID");
        _name = Flags.Text("name", '\0', "Assign a name to the container");
        _noDependencies = Flags.Switch("no-deps", '\0', "Don't start linked services");
        _quietPull = Flags.Switch("quiet-pull", '\0', "Pull without printing progress information");
        _removeOrphans = Flags.Switch("remove-orphans", '\0', "Remove containers for services not defined in the Compose file");
    }

    public override string Usage => "run [OPTIONS] SERVICE [COMMAND] [ARGS...]";

    public override string Summary => "Run a one-off command on a service";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override bool OptionsAnywhere => false;

    public override IReadOnlyList<string> Examples => ["boreal compose run --rm web rake db:migrate", "boreal compose run --rm -T --no-deps db pg_dump app > dump.sql", "boreal compose run -d --service-ports web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (service, steps) = (arguments[0], Steps(context));
        var project = await LoadAsync(context, [service]);
        var options = _oneOff.Read([.. arguments.Skip(1)], !_detach.Value && context.Terminal is { InputIsTerminal: true, OutputIsTerminal: true });
        var slug = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SlugBytes));
        var name = _name.Value.Length > 0 ? _name.Value : $"{project.Name}-{service}-run-{slug[..SlugLetters]}";
        var request = Try(() => new OneOff(project, options).Make(service, name, slug));
        await PrepareAsync(context, project, service, steps, cancellationToken);
        if (IsDryRun) throw new CommandFailedException("interactive run is not supported in dry-run mode");
        if (await new ProjectObserver(context).ImageIdAsync(request.Image, cancellationToken) is { } image)
            request = request with { Labels = new SortedDictionary<string, string>(request.Labels?.ToDictionary() ?? [], StringComparer.Ordinal) { [ComposeLabels.Image] = image } };
        var platform = project.Services.Mapping(service)?.TextOf("platform");
        var created = await context.Client.Containers.CreateAsync(request, name, platform, cancellationToken);
        if (_detach.Value)
        {
            await context.Client.Containers.StartAsync(created.Id, cancellationToken);
            await context.Out.WriteLineAsync(created.Id);
            return ExitCodes.Success;
        }

        var run = new AttachedRun(context, created.Id, request) { ForwardsSignals = true, RemovesItself = options.RemovesItself };
        return await run.RunAsync(cancellationToken);
    }

    /// <summary>What the service needs: networks, volumes, its image, and unless refused the services it depends on.</summary>
    private async Task PrepareAsync(CliContext context, Project project, string service, ProjectSteps steps, CancellationToken cancellationToken)
    {
        var conditions = (project.Services.Mapping(service)?.Mapping("depends_on")?.Entries ?? [])
            .Where(entry => project.Services.Has(entry.Key)).ToDictionary(entry => entry.Key, entry => (entry.Value as MappingNode)?.TextOf("condition") ?? "", StringComparer.Ordinal);
        var own = new ProjectStart(context, project, steps, new PlanOptions { Builds = _build.Value, Targets = [service], LeavesNeeded = true, RemovesOrphans = _removeOrphans.Value }) { PullsQuietly = _quietPull.Value };
        var ownPlan = await own.PlanAsync(cancellationToken);
        if (!_noDependencies.Value && conditions.Count > 0)
        {
            var needed = new ProjectStart(context, project, steps, new PlanOptions { Targets = [.. project.Services.Keys.Where(name => name != service)], LeavesNeeded = true })
            {
                PullsQuietly = _quietPull.Value, Conditions = conditions,
            };
            var plan = await needed.PlanAsync(cancellationToken);
            if (!IsDryRun) await needed.RunAsync(plan, cancellationToken);
        }

        if (IsDryRun) return;
        await own.PrepareAsync(await own.PlanAsync(cancellationToken), cancellationToken);
        if (_removeOrphans.Value && ownPlan.Steps.Any(step => step.Action is PlanAction.Remove)) await new OrphanRemoval(context, project, steps).RunAsync(cancellationToken);
    }

    private static T Try<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ComposeException problem)
        {
            throw new CommandFailedException(problem.Message);
        }
    }
}
