using Boreal.BuildWire.Ignore;

namespace Boreal.Cli.Commands.Compose.Watching;

/// <summary>Which files under a trigger's path count.</summary>
internal sealed class WatchFilter(WatchTrigger trigger, IEnumerable<string> dockerIgnore)
{
    // What version control and editors write beside the files that people mean.
    private static readonly string[] Never = ["**/.git", "**/*~", "**/.#*", "**/*.swp", "**/*.swx", "**/4913", "**/.DS_Store", "**/.idea", "**/*___jb_*"];

    private readonly PatternMatcher _ignored = PatternMatcher.Parse([.. Never, .. dockerIgnore, .. trigger.Ignore.SelectMany(Anywhere)]);
    private readonly PatternMatcher? _included = trigger.Include.Count > 0 ? PatternMatcher.Parse(trigger.Include.SelectMany(Anywhere)) : null;

    /// <param name="path">Relative to the trigger's.</param>
    public bool Skips(string path) => _ignored.Matches(path);

    public bool Takes(string path) => !Skips(path) && _included?.Matches(path) is not false;

    /// <summary>A pattern without a slash is one of names, as editors of such lists expect; <c>node_modules/</c> means the folder wherever it is.</summary>
    private static IEnumerable<string> Anywhere(string pattern)
    {
        var clean = pattern.Trim().TrimEnd('/');
        if (clean.StartsWith("./", StringComparison.Ordinal)) clean = clean[2..];
        return clean.TrimStart('!').Contains('/', StringComparison.Ordinal) || clean.StartsWith('!') ? [clean] : [clean, $"**/{clean}"];
    }
}
