namespace Boreal.Engine.Containers;

/// <summary>How a run ended: the exit status as a shell counts it (128 + signal) and, when the start failed, why.</summary>
public sealed record ContainerExit(int Code, string? Error);
