namespace Boreal.Engine.Containers.Spec;

/// <summary>Bytes or operations per second on one block device.</summary>
public sealed record DeviceRate(string Path, ulong Rate);
