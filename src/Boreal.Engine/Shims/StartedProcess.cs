namespace Boreal.Engine.Shims;

/// <summary>A container's first process.</summary>
public sealed record StartedProcess(int Pid, DateTimeOffset StartedAt);
