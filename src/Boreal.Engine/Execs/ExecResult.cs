namespace Boreal.Engine.Execs;

/// <summary>How an exec that was run to its end came out.</summary>
/// <param name="ExitCode">Null: it took too long and was killed.</param>
/// <param name="Output">The first 4096 characters of what it wrote.</param>
public sealed record ExecResult(int? ExitCode, string Output);
