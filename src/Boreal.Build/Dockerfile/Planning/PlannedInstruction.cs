using Boreal.Build.Dockerfile.Instructions;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>An instruction and the stages it uses: for a RUN one for each mount, for a COPY one or none.</summary>
internal sealed record PlannedInstruction(Instruction Instruction, IReadOnlyList<StageState> Sources)
{
    /// <summary>It comes from the base image.</summary>
    public bool IsTrigger { get; init; }
}
