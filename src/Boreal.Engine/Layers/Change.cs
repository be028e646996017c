namespace Boreal.Engine.Layers;

/// <summary>One difference between a container's file system and its image.</summary>
public sealed record Change(string Path, ChangeKind Kind);
