namespace Boreal.Engine.Containers;

/// <summary>What a prune removed, and the bytes that gave back.</summary>
public sealed record PrunedContainers(IReadOnlyList<ContainerId> Removed, long SpaceReclaimed);
