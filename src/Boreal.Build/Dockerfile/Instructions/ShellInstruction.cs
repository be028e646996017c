namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>SHELL ["program", "argument"]</c></summary>
internal sealed record ShellInstruction : Instruction
{
    public required IReadOnlyList<string> Shell { get; init; }
}
