using Boreal.Cli.CommandLine;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Builds;

/// <summary>Options of the builder that docker had before: taken so that old scripts run, told about, and without effect.</summary>
internal sealed class IgnoredBuildFlags
{
    private static readonly string[] Texts = ["builder", "cpu-period", "cpu-quota", "cpuset-cpus", "cpuset-mems", "isolation", "memory-swap"];
    private static readonly string[] Switches = ["compress", "disable-content-trust", "force-rm", "rm", "squash"];

    // Said by everyone's scripts and true here anyway.
    private static readonly string[] Silent = ["builder", "disable-content-trust", "force-rm", "rm"];

    private readonly List<Flag> _flags;

    public IgnoredBuildFlags(FlagSet flags)
    {
        _flags =
        [
            .. Texts.Select(name => Text(name, '\0')),
            Text("cpu-shares", 'c'),
            Text("memory", 'm'),
            new ListFlag("security-opt", '\0', "No effect") { IsHidden = true },
            .. Switches.Select(name => new ValueFlag<bool>(name, '\0', "No effect", false, GoNumbers.ParseBoolean) { ValueWhenBare = "true", IsHidden = true }),
        ];
        foreach (var flag in _flags) flags.Add(flag);
    }

    public IEnumerable<string> Warnings => _flags.Where(flag => flag.IsGiven && !Silent.Contains(flag.Name, StringComparer.Ordinal)).Select(flag => $"WARNING: --{flag.Name} has no effect");

    private static ValueFlag<string> Text(string name, char shorthand) => new(name, shorthand, "No effect", "", text => text) { IsHidden = true };
}
