using Boreal.Cli.CommandLine;
using Boreal.Compose.Projects;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Whose output an attached <c>up</c> shows.</summary>
internal sealed class LogSelection
{
    private readonly ListFlag _attach;
    private readonly ValueFlag<bool> _attachDependencies;
    private readonly ListFlag _noAttach;

    public LogSelection(FlagSet flags)
    {
        _attach = flags.Add(new ListFlag("attach", '\0', "Restrict attaching to the specified services. Incompatible with --attach-dependencies.") { ValueName = "stringArray" });
        _attachDependencies = flags.Switch("attach-dependencies", '\0', "Automatically attach to log output of dependent services");
        _noAttach = flags.Add(new ListFlag("no-attach", '\0', "Do not attach (stream logs) to the specified services") { ValueName = "stringArray" });
    }

    public bool IsGiven => _attach.Values.Count > 0 || _attachDependencies.Value;

    public void Check()
    {
        if (_attach.Values.Count > 0 && _attachDependencies.Value) throw new CommandFailedException("cannot combine --attach and --attach-dependencies");
    }

    public IReadOnlyList<string> Choose(Project project, IReadOnlyList<string> asked)
    {
        var chosen = _attach.Values.Count > 0 ? _attach.Values : asked.Count > 0 && !_attachDependencies.Value ? asked : [.. project.Services.Keys];
        foreach (var name in _attach.Values.Concat(_noAttach.Values).Where(name => !project.Services.Has(name) && !project.Disabled.Has(name))) throw new CommandFailedException($"no such service: {name}");
        return [.. chosen.Where(name => !_noAttach.Values.Contains(name) && project.Services.Mapping(name)?.TextOf("attach") is not "false")];
    }
}
