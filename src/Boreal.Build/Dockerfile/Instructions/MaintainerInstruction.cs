namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>MAINTAINER name</c>, which a label replaces.</summary>
internal sealed record MaintainerInstruction : Instruction
{
    public required string Maintainer { get; init; }
}
