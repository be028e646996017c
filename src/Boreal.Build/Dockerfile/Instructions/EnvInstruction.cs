namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>ENV name=value...</c></summary>
internal sealed record EnvInstruction : Instruction
{
    public required IReadOnlyList<KeyValue> Variables { get; init; }
}
