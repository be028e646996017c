using System.Collections.Immutable;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Lint;

/// <summary>Which rules run, and whether breaking one fails the build: <c>skip=A,B;experimental=all;error=true</c>.</summary>
internal sealed record LintSettings
{
    private const int MostOptions = 3;

    public static readonly LintSettings Default = new();

    public ImmutableHashSet<string> Skipped { get; init; } = [];

    public ImmutableHashSet<string> Experimental { get; init; } = [];

    public bool SkipsAll { get; init; }

    public bool RunsExperimental { get; init; }

    public bool FailsOnWarning { get; init; }

    /// <exception cref="DockerfileException">An option is unknown.</exception>
    public static LintSettings Parse(string text)
    {
        var settings = Default;
        if (string.IsNullOrWhiteSpace(text)) return settings;
        foreach (var option in text.Trim().Split(';', MostOptions))
        {
            if (option.Split('=', 2) is not [var name, var value]) throw new DockerfileException($"invalid check option {GoText.Quote(option)}");
            settings = settings.With(option, name.Trim(), value.Trim());
        }
        return settings;
    }

    public bool Runs(LintRule rule) =>
        rule.IsExperimental ? RunsExperimental || Experimental.Contains(rule.Name) : !SkipsAll && !Skipped.Contains(rule.Name);

    /// <summary>With what a <c># check=...</c> comment right above an instruction adds.</summary>
    public LintSettings MergedWith(IReadOnlyList<string> comments)
    {
        foreach (var comment in comments)
        {
            if (new DirectiveReader("").Read(comment) is not { Name: DirectiveReader.Check } directive) continue;
            return TryParse(directive.FirstWord) is { } added ? MergedWith(added) : this;
        }
        return this;
    }

    private LintSettings MergedWith(LintSettings other) => this with
    {
        Skipped = Skipped.Union(other.Skipped),
        Experimental = Experimental.Union(other.Experimental),
        SkipsAll = SkipsAll || other.SkipsAll,
        RunsExperimental = RunsExperimental || other.RunsExperimental,
    };

    private LintSettings With(string option, string name, string value) => name switch
    {
        "skip" when value == "all" => this with { SkipsAll = true },
        "skip" => this with { Skipped = Names(value) },
        "experimental" when value == "all" => this with { RunsExperimental = true },
        "experimental" => this with { Experimental = Names(value) },
        "error" => this with { FailsOnWarning = ParseBoolean(option, value) },
        _ => throw new DockerfileException($"invalid check option {GoText.Quote(name)}"),
    };

    private static ImmutableHashSet<string> Names(string value) => [.. value.Split(',').Select(name => name.Trim())];

    private static bool ParseBoolean(string option, string value) =>
        GoNumbers.TryParseBoolean(value, out var parsed) ? parsed : throw new DockerfileException(
            $"failed to parse check option {GoText.Quote(option)}: strconv.ParseBool: parsing {GoText.Quote(value)}: invalid syntax");

    private static LintSettings? TryParse(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (DockerfileException)
        {
            // An ordinary comment may begin like a directive.
            return null;
        }
    }
}
