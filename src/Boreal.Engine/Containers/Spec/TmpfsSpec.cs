namespace Boreal.Engine.Containers.Spec;

/// <summary>Options of a tmpfs mount: size in bytes (0: half of memory), mode as st_mode permission bits.</summary>
public sealed record TmpfsSpec
{
    public long SizeBytes { get; init; }

    public int Mode { get; init; }
}
