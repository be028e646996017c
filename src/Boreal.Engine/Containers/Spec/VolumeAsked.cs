namespace Boreal.Engine.Containers.Spec;

/// <summary>Labels and driver options for a volume that a mount makes.</summary>
public sealed record VolumeAsked(IReadOnlyDictionary<string, string>? Labels, IReadOnlyDictionary<string, string>? Options);
