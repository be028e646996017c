namespace Boreal.Engine.Containers.Spec;

/// <summary>Options of an image mount.</summary>
public sealed record ImageMountSpec(string Subpath);
