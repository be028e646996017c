namespace Boreal.Orchestrator.Nodes;

/// <summary>How a hook ended.</summary>
/// <param name="ExitCode">Null: it ran out of time.</param>
/// <param name="Output">The last of what it wrote.</param>
public sealed record HookOutcome(int? ExitCode, string Output);
