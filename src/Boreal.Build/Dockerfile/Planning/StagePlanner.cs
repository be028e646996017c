using System.Collections.Immutable;
using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Source;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Works through one stage's instructions, top down: each changes the draft of the image, the state of the tree, or both.</summary>
internal sealed class StagePlanner(PlanContext context, StageState stage)
{
    private readonly MetadataPlanner _metadata = new(context, stage);
    private readonly ArgumentPlanner _arguments = new(context, stage);

    /// <exception cref="DockerfileException">An instruction can't be done.</exception>
    public void Plan()
    {
        stage.Inherit();
        stage.IsPlanned = true;
        stage.Platform ??= context.TargetPlatform;
        Begin();
        foreach (var planned in stage.Instructions)
        {
            try
            {
                stage.Names.InTrigger = planned.IsTrigger;
                Plan(planned, context.Lint.For(planned.Instruction.Comments));
            }
            catch (DockerfileException exception) when (exception.Locations.Count == 0)
            {
                throw exception.OnlyAt(planned.Instruction.Lines);
            }
            catch (FormatException exception)
            {
                throw new DockerfileException(exception.Message, [planned.Instruction.Lines], exception);
            }
        }
    }

    private void Begin()
    {
        var draft = stage.Draft;
        if (!draft.Environment.Any(assignment => Variables.IsOf(assignment, "PATH"))) draft = draft with { Environment = draft.Environment.Add(ImageDraft.DefaultPath) };
        var environment = draft.Environment.Aggregate(
            stage.State.Environment, (all, assignment) => all.Set(Variables.NameOf(assignment), Variables.ValueOf(assignment)));
        stage.Draft = draft;
        stage.State = stage.State with { Environment = environment, Network = context.Options.Network };
        if (context.Options.HostName.Length > 0) stage.State = stage.State with { HostName = context.Options.HostName };
        if (draft.WorkingDirectory.Length > 0) _metadata.SetDirectory(draft.WorkingDirectory);
        if (draft.User.Length > 0) stage.State = stage.State with { User = draft.User };
    }

    private void Plan(PlannedInstruction planned, Linter lint)
    {
        var words = new InstructionWords(context.Expander, stage, planned.Instruction, lint);
        switch (planned.Instruction)
        {
            case ArgInstruction instruction:
                _arguments.Plan(instruction, words, lint);
                break;
            case RunInstruction instruction:
                new RunPlanner(context, stage, planned).Plan(instruction, words);
                break;
            case CopyInstruction instruction:
                new CopyPlanner(context, stage, lint).Plan(instruction, words, planned.Sources);
                break;
            case AddInstruction instruction:
                new CopyPlanner(context, stage, lint).Plan(instruction, words);
                break;
            case ExposeInstruction instruction:
                PlanExpose(instruction, lint);
                break;
            default:
                _metadata.Plan(planned.Instruction, words, lint);
                break;
        }
    }

    private void PlanExpose(ExposeInstruction instruction, Linter lint)
    {
        var words = new List<string>();
        foreach (var port in instruction.Ports)
        {
            var expanded = context.Expander.Expand(port, stage.State.Environment);
            if (expanded.Error is { } error) throw new FormatException(error);
            words.AddRange(expanded.Words);
        }
        var ports = ExposedPorts.Read(words, instruction.Lines, lint);
        var all = (stage.Draft.Ports ?? ImmutableSortedSet.Create<string>(StringComparer.Ordinal)).Union(ports);
        stage.Draft = (stage.Draft with { Ports = all }).WithHistory($"EXPOSE {GoText.List(ports)}", context.Epoch);
    }
}
