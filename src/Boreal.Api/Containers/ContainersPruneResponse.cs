namespace Boreal.Api.Containers;

/// <summary>Answer of <c>POST /containers/prune</c>.</summary>
public sealed record ContainersPruneResponse
{
    public IReadOnlyList<string>? ContainersDeleted { get; set; }

    /// <summary>Bytes.</summary>
    public ulong SpaceReclaimed { get; set; }
}
