namespace Boreal.Engine.Health;

/// <summary>One run of the check. Exit code -1 is a timeout; output is cut at 4096 bytes.</summary>
public sealed record HealthProbe(DateTimeOffset Start, DateTimeOffset End, int ExitCode, string Output);
