using Boreal.Build.Building;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Stages;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Build.Graph;

namespace Boreal.Build.Classic;

/// <summary>What of a Dockerfile is done for a plan, line by line.</summary>
internal static class ClassicSteps
{
    /// <param name="planned">The Dockerfile and its plan.</param>
    /// <param name="target">The stage that was asked for; empty for the last.</param>
    /// <param name="labels">Labels that the client asked for: one more step.</param>
    /// <param name="idOf">The id of an image that is here.</param>
    public static IReadOnlyList<ClassicStep> Of(PlannedDockerfile planned, string target, IReadOnlyDictionary<string, string> labels, Func<ImageOperation, string?> idOf)
    {
        var operations = planned.Plan.Operations.Where(operation => operation.Provenance.Origin is LineRange)
            .ToLookup(operation => (LineRange)(operation.Provenance.Origin ?? default(LineRange)));
        var stages = StageReader.Read(SyntaxReader.Read(planned.File.Text), new Linter(LintSettings.Default with { SkipsAll = true })).Stages;
        var last = IndexOf(stages, target);
        var steps = new List<ClassicStep>();
        for (var i = 0; i <= last; i++)
        {
            var stage = stages[i];
            var own = stage.Instructions.Select(instruction => new ClassicStep(instruction.Code, [.. operations[instruction.Lines]], IsStart: false)).ToList();
            // A stage that the target does without is not built.
            if (i != last && !own.Any(step => step.Operations.Count > 0))
                continue;
            var start = operations[stage.Lines].ToList();
            steps.Add(new ClassicStep(stage.From.Original.Trim(), start, IsStart: true) { Image = start.OfType<ImageOperation>().Select(idOf).FirstOrDefault() });
            steps.AddRange(own);
        }

        if (labels.Count > 0)
            steps.Add(new ClassicStep("LABEL " + string.Join(' ', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}")), [], IsStart: false));
        return steps;
    }

    private static int IndexOf(IReadOnlyList<Stage> stages, string target)
    {
        for (var i = stages.Count - 1; i >= 0; i--)
        {
            if (target.Length > 0 && (stages[i].Name.Equals(target, StringComparison.OrdinalIgnoreCase) || target == $"{i}"))
                return i;
        }

        return stages.Count - 1;
    }
}
