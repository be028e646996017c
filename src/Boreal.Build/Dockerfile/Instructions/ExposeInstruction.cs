namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>EXPOSE port[/protocol]...</c></summary>
internal sealed record ExposeInstruction : Instruction
{
    public required IReadOnlyList<string> Ports { get; init; }
}
