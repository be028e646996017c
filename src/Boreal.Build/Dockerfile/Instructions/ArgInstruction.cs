namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>ARG name[=value]...</c></summary>
internal sealed record ArgInstruction : Instruction
{
    public required IReadOnlyList<ArgDefinition> Arguments { get; init; }
}
