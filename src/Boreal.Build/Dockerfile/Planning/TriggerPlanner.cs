using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Syntax;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Puts what a base left behind with ONBUILD in front of a stage's instructions.</summary>
internal static class TriggerPlanner
{
    private const int MostTriggers = 1000;

    /// <returns>Whether the triggers use stages or images that are not resolved yet.</returns>
    public static bool Add(StageState stage, StageGraph graph)
    {
        var triggers = stage.Image?.Triggers.ToList() ?? [];
        if (stage.BaseStage is { } parent && !stage.HasTriggers)
            triggers.AddRange(parent.Instructions.Select(planned => planned.Instruction).OfType<OnBuildInstruction>().Select(instruction => instruction.Trigger));
        stage.HasTriggers = true;
        if (triggers.Count == 0) return false;
        if (triggers.Count > MostTriggers) throw new DockerfileException($"more than {MostTriggers} ONBUILD triggers", stage.Lines);

        var planned = triggers.Select(trigger => Read(stage, trigger, graph)).ToList();
        stage.Instructions.InsertRange(0, planned);
        stage.Names.Total += planned.Count;
        if (stage.Image is { } image) stage.Image = image with { Triggers = [] };
        return planned.Any(instruction => instruction.Sources.Count > 0);
    }

    private static PlannedInstruction Read(StageState stage, string trigger, StageGraph graph)
    {
        try
        {
            var tree = SyntaxReader.Read(trigger);
            if (tree.Statements is not [var statement]) throw new DockerfileException("onbuild trigger should be a single expression");
            var instruction = InstructionReader.Read(statement with { Lines = stage.Lines });
            return graph.Connect(stage, instruction) with { IsTrigger = true };
        }
        catch (DockerfileException exception)
        {
            throw exception.OnlyAt(stage.Lines);
        }
        catch (FormatException exception)
        {
            throw new DockerfileException(exception.Message, [stage.Lines], exception);
        }
    }
}
