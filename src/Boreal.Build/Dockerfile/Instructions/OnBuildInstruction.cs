namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>ONBUILD instruction</c>: kept as text, for it is read in the build that uses the image.</summary>
internal sealed record OnBuildInstruction : Instruction
{
    public required string Trigger { get; init; }
}
