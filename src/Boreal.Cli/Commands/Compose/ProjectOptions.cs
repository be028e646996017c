using Boreal.Cli.CommandLine;
using Boreal.Compose.Loading;

namespace Boreal.Cli.Commands.Compose;

/// <summary>The options between <c>compose</c> and the verb: which project it is.</summary>
internal sealed class ProjectOptions
{
    private readonly ListFlag _files;
    private readonly ListFlag _environmentFiles;
    private readonly ListFlag _profiles;
    private readonly ValueFlag<string> _directory;
    private readonly ValueFlag<string> _workDirectory;

    public ProjectOptions()
    {
        Ansi = Flags.Text("ansi", '\0', "Control when to print ANSI control characters (\"never\"|\"always\"|\"auto\")", "auto");
        Compatibility = Flags.Switch("compatibility", '\0', "Run compose in backward compatibility mode");
        DryRun = Flags.Switch("dry-run", '\0', "Execute command in dry run mode");
        _environmentFiles = Flags.Add(new ListFlag("env-file", '\0', "Specify an alternate environment file") { ValueName = "stringArray" });
        _files = Flags.Add(new ListFlag("file", 'f', "Compose configuration files") { ValueName = "stringArray" });
        Parallel = Flags.Integer("parallel", '\0', "Control max parallelism, -1 for unlimited", -1);
        _profiles = Flags.Add(new ListFlag("profile", '\0', "Specify a profile to enable") { ValueName = "stringArray" });
        Progress = Flags.Text("progress", '\0', "Set type of progress output (auto, tty, plain, quiet)", "auto");
        _directory = Flags.Text("project-directory", '\0', "Specify an alternate working directory (default: the path of the, first specified, Compose file)");
        ProjectName = Flags.Text("project-name", 'p', "Project name");
        _workDirectory = Flags.Add(new ValueFlag<string>("workdir", '\0', "Deprecated form of --project-directory", "", text => text) { IsHidden = true });
    }

    public FlagSet Flags { get; } = new();

    public ValueFlag<string> Ansi { get; }

    public ValueFlag<bool> Compatibility { get; }

    public ValueFlag<bool> DryRun { get; }

    public ValueFlag<long> Parallel { get; }

    public ValueFlag<string> Progress { get; }

    public ValueFlag<string> ProjectName { get; }

    public bool HasFiles => _files.Values.Count > 0;

    public LoadOptions ToLoadOptions(ProjectSurroundings surroundings, IReadOnlyList<string> services) => new()
    {
        CurrentDirectory = surroundings.CurrentDirectory,
        Environment = surroundings.Environment,
        Files = _files.Values,
        Input = surroundings.Input,
        ProjectName = ProjectName.Value,
        ProjectDirectory = _directory.Value.Length > 0 ? _directory.Value : _workDirectory.Value,
        EnvironmentFiles = _environmentFiles.Values,
        Profiles = _profiles.Values,
        Services = services,
    };
}
