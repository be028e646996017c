using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Compose;
using Boreal.Compose.Loading;
using Boreal.Compose.Projects;

namespace Boreal.Cli.Commands.Compose;

/// <summary>A verb on a project of a compose file.</summary>
internal abstract class ComposeCommand : Command
{
    public override FlagSet? GroupFlags => ProjectOptions.Flags;

    public override ArgumentCount Arguments => ArgumentCount.Any;

    /// <summary>The process's own, unless a test has others.</summary>
    public ProjectSurroundings Surroundings { private get; init; } = ProjectSurroundings.OfProcess();

    protected ProjectOptions ProjectOptions { get; } = new();

    /// <summary>Loads the project with these services and what they need; none means all.</summary>
    protected Task<Project> LoadAsync(CliContext context, IReadOnlyList<string> services) =>
        LoadAsync(context, Options(services), static loader => loader.Load());

    /// <summary>The project's name: as given, or of the files here.</summary>
    protected async Task<string> NameAsync(CliContext context) =>
        ProjectOptions is { ProjectName.Value: { Length: > 0 } name, HasFiles: false } ? name : (await LoadAsync(context, [])).Name;

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
            throw new CommandFailedException(problem.Message, ExitCodes.ComposeFile);
        }
        finally
        {
            foreach (var warning in loader.Warnings) await (Surroundings.Warnings ?? context.Error).WriteLineAsync($"warning: {warning}");
        }
    }
}
