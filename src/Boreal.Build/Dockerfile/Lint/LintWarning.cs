using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Lint;

/// <summary>One place that breaks one rule.</summary>
public sealed record LintWarning(LintRule Rule, string Message, LineRange Location)
{
    /// <summary>The one line that shows in a build's progress.</summary>
    public string Summary => $"{Rule.Name}: {Message} (line {Location.Start})";
}
