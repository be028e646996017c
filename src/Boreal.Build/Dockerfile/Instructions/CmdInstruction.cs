namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>CMD</c></summary>
internal sealed record CmdInstruction : Instruction
{
    public required CommandLine Command { get; init; }
}
