using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Graph;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Names the steps of a stage and says where they come from.</summary>
internal sealed class StepProvenance(PlanContext context, StageState stage)
{
    private BuildPlatform? ShownPlatform => context.Options.IsMultiPlatform ? stage.Platform ?? context.TargetPlatform : null;

    /// <summary>For the next step: the instruction as written, with variables expanded.</summary>
    public Provenance Next(Instruction instruction) => Next(instruction, Text(instruction));

    public Provenance Next(Instruction instruction, string text) =>
        new(stage.Names.Next(text, stage.DisplayName, ShownPlatform, stage.State.Environment), instruction.Lines);

    /// <summary>For a second operation of the step named last.</summary>
    public Provenance Same(Instruction instruction, string text) =>
        new(stage.Names.Same(text, stage.DisplayName, ShownPlatform, stage.State.Environment), instruction.Lines);

    public string Text(Instruction instruction) => Text(instruction.Code, context.Expander.Expand(instruction.Code, stage.State.Environment));

    /// <summary>The instruction's name in capitals; as written where it can't be expanded.</summary>
    public static string Text(string code, Expanded expanded)
    {
        var text = expanded.Error is null ? expanded.Text : code;
        var parts = text.Split(' ', 2);
        return parts is [_, var rest] ? $"{parts[0].ToUpperInvariant()} {rest}" : text.ToUpperInvariant();
    }
}
