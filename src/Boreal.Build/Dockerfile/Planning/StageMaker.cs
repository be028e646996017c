using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Outline;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Stages;
using Boreal.Build.Graph;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Expands what FROM says and enters the stages into the graph.</summary>
internal sealed class StageMaker(PlanContext context, OutlineRecord globals, StageGraph graph)
{
    private const string EmptyImage = "scratch";

    public void AddAll(IReadOnlyList<Stage> stages)
    {
        for (var i = 0; i < stages.Count; i++)
            Add(stages[i], i);
    }

    private void Add(Stage stage, int index)
    {
        var lint = context.Lint.For(stage.From.Comments);
        var name = Expand(stage.Base, stage, lint);
        if (name.Error is { } error) throw new DockerfileException(error, stage.Lines);
        if (name.Text.Length == 0) throw new DockerfileException($"base name ({stage.Base}) should not be blank", stage.Lines);

        var state = new StageState(stage, globals.Copy())
        {
            Base = name.Text,
            DisplayName = stage.Name.Length > 0 ? stage.Name : $"stage-{index}",
            IgnoresCache = context.Options.StagesWithoutCache is { } names && (names.Count == 0 || names.Contains(stage.Name, StringComparer.OrdinalIgnoreCase)),
        };
        var used = name.Matched.ToHashSet();
        if (stage.Platform.Length > 0) state.Platform = ReadPlatform(stage, used, lint);

        state.Context = stage.Name.Length > 0 ? FindContext(state) : null;
        graph.Add(state);
        if (state.Context is not null) return;
        state.Outline.Use(used);
        state.Names.Total = (state.Base != EmptyImage && state.BaseStage is null ? 1 : 0) + stage.Instructions.Count(MakesLayer);
    }

    private static bool MakesLayer(Instruction instruction) => instruction is TransferInstruction or RunInstruction or WorkdirInstruction;

    private NamedContext? FindContext(StageState state)
    {
        try
        {
            return context.NamedContexts.Find(state.Name, state.Platform, state.UsedPaths);
        }
        catch (FormatException exception)
        {
            throw new DockerfileException(exception.Message, state.Lines);
        }
    }

    private Expanded Expand(string text, Stage stage, Linter lint)
    {
        var expanded = context.Expander.Expand(text, context.GlobalArguments);
        if (expanded.Unmatched.Count == 0 || !lint.Reports(LintRules.UndefinedArgInFrom)) return expanded;
        var known = globals.Arguments.Keys.Concat(context.GlobalArguments.Names).ToHashSet();
        foreach (var missing in expanded.Unmatched.Where(missing => !known.Contains(missing)))
        {
            lint.Warn(
                LintRules.UndefinedArgInFrom, stage.Lines,
                Suggestion.Append($"FROM argument '{missing}' is not declared", Suggestion.For(missing, known)));
        }
        return expanded;
    }

    private BuildPlatform ReadPlatform(Stage stage, HashSet<string> used, Linter lint)
    {
        var expanded = Expand(stage.Platform, stage, lint);
        CheckRedundant(stage, expanded, lint);
        CheckConstant(stage, expanded, lint);
        if (expanded.Error is { } error) throw new DockerfileException($"failed to process arguments for platform {expanded.Text}: {error}", stage.Lines);
        if (expanded.Text.Length == 0) throw new DockerfileException(WithSuggestion($"empty platform value from expression {stage.Platform}", expanded), stage.Lines);
        try
        {
            var platform = PlatformReader.Read(expanded.Text, context.Options.BuildPlatform);
            used.UnionWith(expanded.Matched);
            return platform;
        }
        catch (FormatException exception)
        {
            throw new DockerfileException($"failed to parse platform {stage.Platform}: {WithSuggestion(exception.Message, expanded)}", [stage.Lines], exception);
        }
    }

    private string WithSuggestion(string message, Expanded expanded) =>
        Suggestion.Append(message, expanded.Unmatched.Select(missing => Suggestion.For(missing, context.GlobalArguments.Names)).FirstOrDefault(found => found is not null));

    private void CheckRedundant(Stage stage, Expanded platform, Linter lint)
    {
        if (platform.Matched is not ["TARGETPLATFORM"] || platform.Unmatched.Count > 0) return;
        if (context.GlobalArguments.TryGet("TARGETPLATFORM", out var target) && target == platform.Text)
            lint.Warn(LintRules.RedundantTargetPlatform, stage.Lines, $"Setting platform to predefined {stage.Platform} in FROM is redundant as this is the default behavior");
    }

    // A stage that says in its name which platform it is for means it.
    private void CheckConstant(Stage stage, Expanded expanded, Linter lint)
    {
        if (expanded.Error is not null || expanded.Matched.Count > 0 || expanded.Unmatched.Count > 0) return;
        BuildPlatform platform;
        try
        {
            platform = PlatformReader.Read(expanded.Text, context.Options.BuildPlatform);
        }
        catch (FormatException)
        {
            // The error comes when the platform is read.
            return;
        }
        if (stage.Name.Contains(platform.Os, StringComparison.Ordinal) || stage.Name.Contains(platform.Architecture, StringComparison.Ordinal)) return;
        lint.Warn(LintRules.FromPlatformFlagConstDisallowed, stage.Lines, $"FROM --platform flag should not use constant value {GoText.Quote(expanded.Text)}");
    }
}
