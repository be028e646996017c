using System.Collections.Concurrent;
using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Lint;

/// <summary>Gathers warnings by the settings in force where it stands. Base images may be looked at side by side, and warned of.</summary>
internal sealed class Linter
{
    private const int MostWarnings = 1000;

    private readonly LintSettings _settings;
    private readonly ConcurrentQueue<LintWarning> _warnings;

    public Linter(LintSettings settings)
        : this(settings, [])
    {
    }

    private Linter(LintSettings settings, ConcurrentQueue<LintWarning> warnings) => (_settings, _warnings) = (settings, warnings);

    public IReadOnlyList<LintWarning> Warnings => [.. _warnings];

    /// <summary>The linter for an instruction with <paramref name="comments"/> above it.</summary>
    public Linter For(IReadOnlyList<string> comments) =>
        comments.Count == 0 ? this : new Linter(_settings.MergedWith(comments), _warnings);

    /// <summary>Whether a warning would be kept: the rule runs, and there are not too many warnings already.</summary>
    public bool Reports(LintRule rule) => _settings.Runs(rule) && _warnings.Count < MostWarnings;

    public void Warn(LintRule rule, LineRange location, string message)
    {
        if (Reports(rule)) _warnings.Enqueue(new LintWarning(rule, message, location));
    }

    /// <exception cref="DockerfileException">There were warnings, and the settings say that they are errors.</exception>
    public void ThrowIfFailed()
    {
        if (!_settings.FailsOnWarning || _warnings.IsEmpty) return;
        throw new DockerfileException($"lint violation found for rules: {string.Join(", ", _warnings.Select(warning => warning.Rule.Name).Distinct())}");
    }
}
