namespace Boreal.Engine.Containers.Spec;

/// <summary>Relative I/O weight (10 to 1000) of one block device.</summary>
public sealed record DeviceWeight(string Path, ushort Weight);
