namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>VOLUME path...</c></summary>
internal sealed record VolumeInstruction : Instruction
{
    public required IReadOnlyList<string> Paths { get; init; }
}
