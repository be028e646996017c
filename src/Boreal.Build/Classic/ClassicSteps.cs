using System.Text.RegularExpressions;
using Boreal.Build.Building;
using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Stages;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Build.Graph;

namespace Boreal.Build.Classic;

/// <summary>What of a Dockerfile is done for a plan, line by line.</summary>
internal static partial class ClassicSteps
{
    private const string ArgumentPrefix = "build-arg:";
    private const string LabelPrefix = "label:";
    private const string TargetName = "target";

    // Known without an ARG.
    private static readonly string[] Proxies = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"];

    /// <param name="planned">The Dockerfile and its plan.</param>
    /// <param name="attributes">Of the build: the stage that was asked for, and labels, which are one more step.</param>
    /// <param name="idOf">The id of an image that is here.</param>
    public static IReadOnlyList<ClassicStep> Of(PlannedDockerfile planned, IReadOnlyDictionary<string, string> attributes, Func<ImageOperation, string?> idOf)
    {
        var operations = planned.Plan.Operations.Where(operation => operation.Provenance.Origin is LineRange)
            .ToLookup(operation => (LineRange)(operation.Provenance.Origin ?? default(LineRange)));
        var steps = Read(planned.File, attributes.GetValueOrDefault(TargetName, ""))
            .Select(step => step with { Operations = [.. operations[step.Lines]], Image = step.IsStart ? operations[step.Lines].OfType<ImageOperation>().Select(idOf).FirstOrDefault() : null })
            .ToList();
        // A stage that the target does without is not built.
        var last = steps[^1].Stage;
        var needed = Needed(steps, StagesOf(planned.File).Stages);
        steps.RemoveAll(step => !needed.Contains(step.Stage));
        var labels = attributes.Where(pair => pair.Key.StartsWith(LabelPrefix, StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        if (labels.Count > 0)
            steps.Add(new ClassicStep("LABEL " + string.Join(' ', labels.Select(label => $"{label.Key[LabelPrefix.Length..]}={label.Value}")), [], IsStart: false) { Stage = last });
        return steps;
    }

    /// <summary>Every line down to the target's last.</summary>
    public static IReadOnlyList<ClassicStep> Read(DockerfileText file, string target)
    {
        var stages = StagesOf(file).Stages;
        var steps = new List<ClassicStep>();
        var last = target.Length == 0 ? -1 : IndexOf(stages, target, before: stages.Count);
        for (var i = 0; i <= (last < 0 ? stages.Count - 1 : last); i++)
        {
            var stage = stages[i];
            steps.Add(new ClassicStep(stage.From.Original.Trim(), [], IsStart: true) { Stage = i, Base = stage.Base, Lines = stage.Lines, BaseStage = BaseOf(stages, i) });
            steps.AddRange(stage.Instructions.Select(instruction => new ClassicStep(instruction.Code, [], IsStart: false) { Stage = i, Lines = instruction.Lines }));
        }

        return steps;
    }

    /// <summary>Arguments that a client gave and no line of the file asks for.</summary>
    public static IReadOnlyList<string> UnusedArguments(DockerfileText file, IReadOnlyDictionary<string, string> attributes)
    {
        var list = StagesOf(file);
        var asked = list.GlobalArguments.Concat(list.Stages.SelectMany(stage => stage.Instructions).OfType<ArgInstruction>())
            .SelectMany(instruction => instruction.Arguments).Select(argument => argument.Name).ToHashSet(StringComparer.Ordinal);
        return [.. attributes.Keys.Where(name => name.StartsWith(ArgumentPrefix, StringComparison.Ordinal)).Select(name => name[ArgumentPrefix.Length..])
            .Where(name => !asked.Contains(name) && !Proxies.Contains(name.ToUpperInvariant())).Order(StringComparer.Ordinal)];
    }

    private static HashSet<int> Needed(List<ClassicStep> steps, IReadOnlyList<Stage> stages)
    {
        var needed = steps.Where(step => !step.IsStart && step.Operations.Count > 0).Select(step => step.Stage).Append(steps[^1].Stage).ToHashSet();
        foreach (var stage in Enumerable.Range(0, steps[^1].Stage + 1).Reverse().Where(needed.Contains))
        {
            foreach (var step in steps.Where(step => step.Stage == stage))
            {
                if (step.BaseStage is { } start)
                    needed.Add(start);
                needed.UnionWith(NamedStage().Matches(step.Text).Select(match => IndexOf(stages, match.Groups[1].Value, before: stage)).Where(index => index >= 0));
            }
        }

        return needed;
    }

    private static StageList StagesOf(DockerfileText file) =>
        StageReader.Read(SyntaxReader.Read(file.Text), new Linter(LintSettings.Default with { SkipsAll = true }));

    private static int? BaseOf(IReadOnlyList<Stage> stages, int stage) => IndexOf(stages, stages[stage].Base, before: stage) is >= 0 and var index ? index : null;

    // A stage by its name or number; -1 where none before has it.
    private static int IndexOf(IReadOnlyList<Stage> stages, string name, int before)
    {
        for (var i = before - 1; i >= 0; i--)
        {
            if (stages[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase) || name == $"{i}")
                return i;
        }

        return -1;
    }

    [GeneratedRegex(@"\bfrom=([^\s,]+)")]
    private static partial Regex NamedStage();
}
