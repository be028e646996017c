namespace Boreal.Api.Volumes;

/// <summary>How many containers have a volume, and the bytes of its files.</summary>
public sealed record VolumeUsage
{
    public long RefCount { get; set; }

    public long Size { get; set; }
}
