using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Stages;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Lint;

/// <summary>Rules about all stages together.</summary>
internal static class StageRules
{
    public static void Check(IReadOnlyList<Stage> stages, Linter lint)
    {
        CheckNames(stages, lint);
        CheckCasing(stages, lint);
    }

    private static void CheckNames(IReadOnlyList<Stage> stages, Linter lint)
    {
        var names = new HashSet<string>();
        foreach (var stage in stages.Where(stage => stage.Name.Length > 0))
        {
            if (stage.Name is "context" or "scratch")
                lint.Warn(LintRules.ReservedStageName, stage.Lines, $"Stage name should not use the same name as reserved stage {GoText.Quote(stage.Name)}");
            if (!names.Add(stage.Name))
                lint.Warn(LintRules.DuplicateStageName, stage.Lines, $"Duplicate stage name {GoText.Quote(stage.Name)}, stage names should be unique");
        }
    }

    private static void CheckCasing(IReadOnlyList<Stage> stages, Linter lint)
    {
        var keywords = stages
            .SelectMany(stage => stage.Instructions.Select(instruction => (instruction.Keyword, instruction.Lines)).Prepend((stage.From.Keyword, stage.Lines)))
            .ToList();
        var lower = keywords.Count(keyword => LetterCase.IsLower(keyword.Keyword));
        var upper = keywords.Count(keyword => !LetterCase.IsLower(keyword.Keyword) && LetterCase.IsUpper(keyword.Keyword));
        var majorityIsLower = lower > upper;
        foreach (var (keyword, lines) in keywords)
        {
            if (majorityIsLower ? LetterCase.IsLower(keyword) : LetterCase.IsUpper(keyword)) continue;
            lint.Warn(
                LintRules.ConsistentInstructionCasing, lines,
                $"Command '{keyword}' should match the case of the command majority ({(majorityIsLower ? "lowercase" : "uppercase")})");
        }
    }
}
