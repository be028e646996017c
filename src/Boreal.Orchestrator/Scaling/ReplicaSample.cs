namespace Boreal.Orchestrator.Scaling;

/// <summary>What was seen of one replica.</summary>
/// <param name="Age">Since it began to run.</param>
/// <param name="Ready">Whether it takes work.</param>
/// <param name="Cpu">Processor time used since the last look, as a share of its reservation, else its limit, else one processor. Null: not known.</param>
/// <param name="Memory">Memory held, without caches the kernel can drop, as a share of its limit. Null: not known.</param>
public sealed record ReplicaSample(TimeSpan Age, bool Ready, double? Cpu, double? Memory);
