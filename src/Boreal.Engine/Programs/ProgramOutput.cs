namespace Boreal.Engine.Programs;

/// <summary>Takes what a program writes: stream 1 is its output, 2 its errors.</summary>
public delegate void ProgramOutput(int stream, ReadOnlySpan<byte> text);
