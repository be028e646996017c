using Boreal.Oci.Images;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>HEALTHCHECK CMD ...</c> or <c>HEALTHCHECK NONE</c></summary>
internal sealed record HealthCheckInstruction : Instruction
{
    public required HealthCheckConfig Check { get; init; }
}
