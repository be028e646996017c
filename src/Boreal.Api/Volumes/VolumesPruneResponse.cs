namespace Boreal.Api.Volumes;

/// <summary>The answer of <c>POST /volumes/prune</c>.</summary>
public sealed record VolumesPruneResponse
{
    public IReadOnlyList<string>? VolumesDeleted { get; set; }

    public ulong SpaceReclaimed { get; set; }
}
