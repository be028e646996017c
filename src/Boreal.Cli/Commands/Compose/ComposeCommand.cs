using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Compose;
using Boreal.Compose.Loading;
using Boreal.Compose.Projects;

namespace Boreal.Cli.Commands.Compose;

/// <summary>A verb on a project of a compose file.</summary>
internal abstract class ComposeCommand : Command
{
    private readonly ValueFlag<bool> _dryRun;

    protected ComposeCommand() => _dryRun = Flags.Switch("dry-run", '\0', "Execute command in dry run mode");

    public override FlagSet? GroupFlags => ProjectOptions.Flags;

    public override ArgumentCount Arguments => ArgumentCount.Any;

    /// <summary>The process's own, unless a test has others.</summary>
    public ProjectSurroundings Surroundings { private get; init; } = ProjectSurroundings.OfProcess();

    protected ProjectOptions ProjectOptions { get; } = new();

    protected bool IsDryRun => _dryRun.Value || ProjectOptions.DryRun.Value;

    protected ProjectSteps Steps(CliContext context) => new(context, IsDryRun, ProjectOptions.Progress.Value is "quiet");

    /// <summary>Loads the project with these services and what they need; none means all.</summary>
    protected Task<Project> LoadAsync(CliContext context, IReadOnlyList<string> services) =>
        LoadAsync(context, Options(services), static loader => loader.Load());

    /// <summary>The project's name: as given, or of the files here.</summary>
    protected async Task<string> NameAsync(CliContext context) => (await ScopeAsync(context, [])).Name;

    /// <summary>The project by its name when that is given, else by the files here, which have to have the services.</summary>
    protected async Task<ProjectScope> ScopeAsync(CliContext context, IEnumerable<string> services)
    {
        if (ProjectOptions is { ProjectName.Value: { Length: > 0 } name, HasFiles: false }) return new ProjectScope(name, null);
        var project = await LoadAsync(context, []);
        var scope = new ProjectScope(project.Name, project);
        scope.Check(services);
        return scope;
    }

    protected LoadOptions Options(IReadOnlyList<string> services) => ProjectOptions.ToLoadOptions(Surroundings, services);

    protected async Task<T> LoadAsync<T>(CliContext context, LoadOptions options, Func<ProjectLoader, T> load)
    {
        var loader = new ProjectLoader(options);
        try
        {
            return load(loader);
        }
        catch (ComposeException problem)
        {
            throw new CommandFailedException(problem.Message, problem.IsAboutArguments ? ExitCodes.Failure : ExitCodes.ComposeFile);
        }
        finally
        {
            foreach (var warning in loader.Warnings) await (Surroundings.Warnings ?? context.Error).WriteLineAsync($"warning: {warning}");
        }
    }
}
