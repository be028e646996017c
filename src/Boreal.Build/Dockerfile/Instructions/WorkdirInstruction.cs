namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>WORKDIR path</c></summary>
internal sealed record WorkdirInstruction : Instruction
{
    public required string Path { get; init; }
}
