namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>ADD</c>: as COPY, and from URLs and git, and archives are unpacked.</summary>
internal sealed record AddInstruction : TransferInstruction
{
    public string Checksum { get; init; } = "";

    public bool? KeepsGitFolder { get; init; }

    public bool? Unpacks { get; init; }
}
