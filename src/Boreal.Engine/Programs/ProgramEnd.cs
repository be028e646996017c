namespace Boreal.Engine.Programs;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">0 for success; 128 and the signal's number after a signal.</param>
/// <param name="OutOfMemory">The kernel killed something of it for want of memory.</param>
public readonly record struct ProgramEnd(int ExitCode, bool OutOfMemory);
