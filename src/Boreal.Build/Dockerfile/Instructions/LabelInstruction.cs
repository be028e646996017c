namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>LABEL name=value...</c></summary>
internal sealed record LabelInstruction : Instruction
{
    public required IReadOnlyList<KeyValue> Labels { get; init; }
}
