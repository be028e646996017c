namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>USER name[:group]</c></summary>
internal sealed record UserInstruction : Instruction
{
    public required string User { get; init; }
}
