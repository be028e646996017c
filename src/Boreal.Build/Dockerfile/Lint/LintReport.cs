using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Lint;

/// <summary>What a check of a Dockerfile found. An error that would stop the build is part of it.</summary>
public sealed record LintReport
{
    public required string FileName { get; init; }

    public required string Text { get; init; }

    public required IReadOnlyList<LintWarning> Warnings { get; init; }

    public DockerfileException? Error { get; init; }

    public bool IsClean => Warnings.Count == 0 && Error is null;

    /// <summary>The warnings as clients print them, in the order of the file.</summary>
    public string Render() => string.Concat(Warnings.OrderBy(warning => warning.Location.Start).Select(Render));

    private string Render(LintWarning warning)
    {
        var link = warning.Rule.Url.Length > 0 ? $" - {warning.Rule.Url}" : "";
        return $"\nWARNING: {warning.Rule.Name}{link}\n{warning.Message}\n{SourceExcerpt.Render(FileName, Text, [warning.Location])}";
    }
}
