using Boreal.Cli.CommandLine;
using Boreal.Compose.Planning;
using Boreal.Compose.Projects;

namespace Boreal.Cli.Commands.Compose;

/// <summary>The options that <c>up</c> and <c>create</c> share.</summary>
internal sealed class StartFlags
{
    private readonly ValueFlag<bool> _build;
    private readonly ValueFlag<bool> _forceRecreate;
    private readonly ValueFlag<bool> _noBuild;
    private readonly ValueFlag<bool> _noRecreate;
    private readonly ValueFlag<string> _pull;
    private readonly ValueFlag<bool> _quietPull;
    private readonly ValueFlag<bool> _removeOrphans;
    private readonly ListFlag _scale;

    public StartFlags(FlagSet flags)
    {
        _build = flags.Switch("build", '\0', "Build images before starting containers");
        _forceRecreate = flags.Switch("force-recreate", '\0', "Recreate containers even if their configuration and image haven't changed");
        _noBuild = flags.Switch("no-build", '\0', "Don't build an image, even if it's policy");
        _noRecreate = flags.Switch("no-recreate", '\0', "If containers already exist, don't recreate them. Incompatible with --force-recreate.");
        _pull = flags.Text("pull", '\0', "Pull image before running (\"always\"|\"missing\"|\"never\")", "policy");
        _quietPull = flags.Switch("quiet-pull", '\0', "Pull without printing progress information");
        _removeOrphans = flags.Switch("remove-orphans", '\0', "Remove containers for services not defined in the Compose file");
        _scale = flags.Add(new ListFlag("scale", '\0', "Scale SERVICE to NUM instances. Overrides the scale setting in the Compose file if present.") { ValueName = "scale" });
    }

    public bool PullsQuietly => _quietPull.Value;

    public bool NeverRecreates => _noRecreate.Value;

    public void Check()
    {
        if (_build.Value && _noBuild.Value) throw new CommandFailedException("--build and --no-build are incompatible");
        if (_forceRecreate.Value && _noRecreate.Value) throw new CommandFailedException("--force-recreate and --no-recreate are incompatible");
        if (_pull.Value is not ("policy" or "always" or "missing" or "never" or "build" or "")) throw new CommandFailedException($"invalid --pull option \"{_pull.Value}\": write always, missing or never");
    }

    public PlanOptions Options(Project project)
    {
        var scale = ServiceScales.Parse(_scale.Values);
        foreach (var name in scale.Keys.Where(name => !project.Services.Has(name))) throw new CommandFailedException($"no such service: {name}");
        return new PlanOptions
        {
            Builds = _build.Value, NeverBuilds = _noBuild.Value, ForceRecreate = _forceRecreate.Value, NeverRecreates = _noRecreate.Value,
            Pull = _pull.Value is "policy" ? "" : _pull.Value, RemovesOrphans = _removeOrphans.Value || RemovesByVariable(project), Scale = scale,
        };
    }

    private static bool RemovesByVariable(Project project) => project.Environment.GetValueOrDefault("COMPOSE_REMOVE_ORPHANS") is "1" or "true";
}
