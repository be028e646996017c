namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>ENTRYPOINT</c></summary>
internal sealed record EntrypointInstruction : Instruction
{
    public required CommandLine Command { get; init; }
}
