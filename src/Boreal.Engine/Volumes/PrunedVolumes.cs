namespace Boreal.Engine.Volumes;

/// <summary>Names of the volumes that went, and the bytes of their files.</summary>
public sealed record PrunedVolumes(IReadOnlyList<string> Removed, long SpaceReclaimed);
