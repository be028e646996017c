using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Lint;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Plans ARG: from the caller, else the default, else the global argument of that name.</summary>
internal sealed class ArgumentPlanner(PlanContext context, StageState stage)
{
    private static readonly HashSet<string> NoDependencies = [];

    /// <summary>Arguments that scanners of the result read, and programs never see.</summary>
    public static bool IsForScanners(string name) => name is "BUILDKIT_SBOM_SCAN_CONTEXT" or "BUILDKIT_SBOM_SCAN_STAGE";

    public void Plan(ArgInstruction instruction, InstructionWords words, Linter lint)
    {
        var history = new List<string>();
        foreach (var definition in instruction.Arguments)
        {
            InstructionRules.CheckSecret("ARG", definition.Name, instruction.Lines, lint);
            var (value, isInherited) = ValueOf(definition, words);
            if (value is not null && !IsForScanners(definition.Name))
                stage.State = stage.State with { Environment = stage.State.Environment.Set(definition.Name, value) };
            if (!isInherited) stage.Outline.Add(definition, value ?? "", instruction.Lines, NoDependencies);
            stage.Outline.Use(definition.Name);
            stage.Arguments.Add(definition with { Value = value });
            history.Add(value is null ? definition.Name : $"{definition.Name}={value}");
        }
        stage.Draft = stage.Draft.WithHistory($"ARG {string.Join(' ', history)}", context.Epoch);
    }

    private (string? Value, bool IsInherited) ValueOf(ArgDefinition definition, InstructionWords words)
    {
        if (context.Options.BuildArguments.TryGetValue(definition.Name, out var given)) return (given, false);
        if (definition.Value is { } value) return (words.Expand(value), false);
        return context.GlobalArguments.TryGet(definition.Name, out var inherited) ? (inherited, true) : (null, false);
    }
}
