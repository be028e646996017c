namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>STOPSIGNAL signal</c></summary>
internal sealed record StopSignalInstruction : Instruction
{
    public required string Signal { get; init; }
}
