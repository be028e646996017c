namespace Boreal.Orchestrator.Nodes;

/// <summary>What a container has used so far, and holds now.</summary>
/// <param name="CpuNanoseconds">Processor time since its start, of all its processes.</param>
/// <param name="MemoryBytes">Without caches of files that the kernel can drop.</param>
public sealed record ContainerUsage(ulong CpuNanoseconds, ulong MemoryBytes);
